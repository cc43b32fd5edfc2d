import type { EntityId, RelationId } from "../kg/types.ts";
import type { Evidence, HistoryItem } from "../ranker/types.ts";
import type { Say } from "./language.ts";

/** A relation as a sentence needs it. */
export interface RelationWords {
  readonly label: string;
  readonly inverseLabel: string | null;
  readonly symmetric: boolean;
}

/** The words for what a path names, and the language that they are put together in. */
export interface Names {
  /** As the language shows a name. */
  entity(id: EntityId): string;
  relation(id: RelationId): RelationWords;
  readonly say: Say;
}

/** Evidence with the history that it starts from. */
export interface ToldEvidence extends Evidence {
  readonly history: ReadonlyMap<EntityId, HistoryItem>;
}
