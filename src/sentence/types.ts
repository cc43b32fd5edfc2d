import type { EntityId, RelationId } from "../kg/types.ts";
import type { Evidence, HistoryItem } from "../ranker/types.ts";

/** A relation as a sentence needs it. */
export interface RelationWords {
  readonly label: string;
  readonly inverseLabel: string | null;
  readonly symmetric: boolean;
}

/** The words for what a path names. */
export interface Names {
  entity(id: EntityId): string;
  relation(id: RelationId): RelationWords;
}

/** Evidence with the history that it starts from. */
export interface ToldEvidence extends Evidence {
  readonly history: ReadonlyMap<EntityId, HistoryItem>;
}
