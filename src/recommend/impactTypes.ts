import type { EntityId } from "../kg/types.ts";
import type { Evidence, HistoryItem } from "../ranker/types.ts";

/** Where an item stands in a user's ranking; `rank` is null where it is no candidate. */
export interface Standing {
  readonly rank: number | null;
  readonly score: number;
}

/** Evidence that carries something else after an edit: 0 before where it is new, 0 after where it is gone. */
export interface EvidenceShift {
  readonly evidence: Evidence;
  readonly before: number;
  readonly after: number;
}

/** What an edit does to one item of a user's recommendations. */
export interface ItemImpact {
  readonly item: EntityId;
  /** Null where the graph has no such entity. */
  readonly before: Standing | null;
  readonly after: Standing | null;
  /** The largest difference first. */
  readonly because: readonly EvidenceShift[];
  /** The history that the sentences begin with. */
  readonly history: ReadonlyMap<EntityId, HistoryItem>;
}

/** What an edit does to the first recommendations of a user. */
export interface UserImpact {
  readonly user: string;
  /** Best rank first. */
  readonly entering: readonly ItemImpact[];
  readonly leaving: readonly ItemImpact[];
  /** Those that stay among the first, with another rank or score. */
  readonly moved: readonly ItemImpact[];
}
