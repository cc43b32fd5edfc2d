import type { Entity, EntityId, Graph } from "../kg/types.ts";
import type { HistoryItem } from "../ranker/types.ts";

/** The kind of a history entry that the request itself names. */
export const INTEREST = "interest";

/** A history in the words of the ranker: entity indices, newest first. */
export interface Seeds {
  readonly indices: readonly number[];
  readonly ordered: boolean;
  readonly byId: ReadonlyMap<EntityId, HistoryItem>;
  /** Items that the user has interacted with; interests are not among them. */
  readonly interacted: ReadonlySet<number>;
}

/** Puts interests before what the user did: they were said just now. Entities unknown to the graph drop out. */
export function makeSeeds(
  graph: Graph,
  history: readonly HistoryItem[],
  interests: readonly Entity[] = [],
): Seeds {
  const byId = new Map<EntityId, HistoryItem>();
  const indices: number[] = [];
  const add = (item: HistoryItem) => {
    const index = graph.indexOf(item.item);
    if (index < 0 || byId.has(item.item)) return;
    byId.set(item.item, item);
    indices.push(index);
  };
  for (const { id } of interests) add({ item: id, kind: INTEREST, weight: 1, at: null });
  for (const item of history) add(item);
  return {
    indices,
    ordered: history.length === 0 || history.some(({ at }) => at !== null),
    byId,
    interacted: new Set(history.map(({ item }) => graph.indexOf(item))),
  };
}
