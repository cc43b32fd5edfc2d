import type { Entity, EntityId, Graph } from "../kg/types.ts";
import type { HistoryItem } from "../ranker/types.ts";

/** The kinds of history entries that the request itself names. */
export const INTEREST = "interest";
export const SESSION = "session";

/** A history in the words of the ranker: entity indices, newest first. */
export interface Seeds {
  readonly indices: readonly number[];
  readonly ordered: boolean;
  readonly byId: ReadonlyMap<EntityId, HistoryItem>;
  /** True where the request names some of them itself. */
  readonly named: boolean;
  /** Items that the user has interacted with, in this session too; interests are not among them. */
  readonly interacted: ReadonlySet<number>;
}

/** What a request names itself. */
export interface Named {
  readonly interests?: readonly Entity[];
  /** Newest last. */
  readonly session?: readonly Entity[];
  /** What the user did, where it is seen without a list starting from it; the history where left out. */
  readonly seen?: readonly HistoryItem[];
}

/**
 * Puts what the request names before what the user did: it was said just now. Entities unknown to the graph drop
 * out. Only the newest `most` of all are taken, all where null.
 */
export function makeSeeds(
  graph: Graph,
  history: readonly HistoryItem[],
  { interests = [], session = [], seen = history }: Named = {},
  most: number | null = null,
): Seeds {
  const byId = new Map<EntityId, HistoryItem>();
  const indices: number[] = [];
  const add = (item: HistoryItem) => {
    const index = graph.indexOf(item.item);
    if (index < 0 || byId.has(item.item) || indices.length === most) return;
    byId.set(item.item, item);
    indices.push(index);
  };
  for (const { id } of session.toReversed()) add({ item: id, kind: SESSION, weight: 1, at: null });
  for (const { id } of interests) add({ item: id, kind: INTEREST, weight: 1, at: null });
  for (const item of history) add(item);
  const interacted = [...session.map(({ id }) => id), ...seen.map(({ item }) => item)];
  return {
    indices,
    ordered: history.length === 0 || history.some(({ at }) => at !== null),
    byId,
    named: interests.length > 0 || session.length > 0,
    interacted: new Set(interacted.map((id) => graph.indexOf(id))),
  };
}
