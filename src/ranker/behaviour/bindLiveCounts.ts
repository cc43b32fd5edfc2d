import type { Graph } from "../../kg/types.ts";
import { type BoundSource, findSimilarity, type Neighbours } from "../sources.ts";
import { type LiveCounts, SHARE_UNIT } from "./LiveCounts.ts";

/** What turns live shares into weights of the co-interaction kernel. */
export interface LiveBinding {
  readonly name: string;
  readonly halfLife: number | null;
  /** Interactions with an entity that the model counted. */
  interactionsOf(index: number): number;
  /** Exponent b of the popularity discount. */
  readonly discount: number;
  /** What the model's kernel was multiplied with, see `findCosineScale`. */
  readonly scale: number;
}

/**
 * Binds live counts to the entity indices of a graph, as a behaviour source beside the model's own: the weight of
 * (j, i) is scale · share(j, i) / (n_j·n_i)^b, where n counts the model's interactions and the new ones. `counts` is
 * asked at each reading, because another object may have taken its place; rows are worked out once per change.
 */
export function bindLiveCounts(
  counts: () => LiveCounts,
  graph: Graph,
  { name, halfLife, interactionsOf, discount, scale }: LiveBinding,
): BoundSource {
  const factorOf = (live: LiveCounts, index: number, id: number): number =>
    Math.max(1, interactionsOf(index) + live.newUsersOf(id)) ** -discount;
  const rows = new Map<number, Neighbours>();
  let [known, version] = [counts(), -1];
  const makeRow = (live: LiveCounts, index: number): Neighbours => {
    const id = Number(graph.idOf(index));
    const own = (scale / SHARE_UNIT) * factorOf(live, index, id);
    const entries = [...(live.sharesOf(id) ?? [])]
      .map(([other, share]) => ({ other, share, at: graph.indexOf(String(other)) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at);
    return {
      items: Int32Array.from(entries, ({ at }) => at),
      values: Float32Array.from(entries, ({ other, share, at }) => own * share * factorOf(live, at, other)),
      start: 0,
      end: entries.length,
    };
  };
  const neighboursOf = (index: number): Neighbours => {
    const live = counts();
    if (live !== known || live.version !== version) {
      rows.clear();
      [known, version] = [live, live.version];
    }
    let row = rows.get(index);
    if (row === undefined) {
      row = makeRow(live, index);
      rows.set(index, row);
    }
    return row;
  };
  return {
    ...{ name, halfLife, neighboursOf },
    similarityOf: (from, to) => findSimilarity(neighboursOf(from), to),
  };
}
