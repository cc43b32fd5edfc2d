import type { NeighbourLists } from "./model.ts";

/** Item–item weights of one behaviour source, by the entity indices of one graph. */
export interface BoundSource {
  readonly name: string;
  readonly halfLife: number | null;
  /** The neighbours of an item, ascending; empty where unknown. */
  neighboursOf(index: number): Neighbours;
  /** The weight of one pair, 0 where they are no neighbours. */
  similarityOf(from: number, to: number): number;
}

/** A row of a source: entries `start`…`end` of both arrays. */
export interface Neighbours {
  readonly items: Int32Array;
  readonly values: Float32Array;
  readonly start: number;
  readonly end: number;
}

const NONE: Neighbours = { items: new Int32Array(0), values: new Float32Array(0), start: 0, end: 0 };

/** Binds a model's lists: `positionOf` and `indexOf` join positions and entity indices, −1 where there is none. */
export function bindSource(
  name: string,
  halfLife: number | null,
  lists: NeighbourLists,
  joined: { positionOf(index: number): number; readonly indexOf: Int32Array },
): BoundSource {
  const { offsets, items, values } = joinNeighbours(lists, joined.indexOf);
  const neighboursOf = (index: number): Neighbours => {
    const at = joined.positionOf(index);
    return at < 0 ? NONE : { items, values, start: offsets[at], end: offsets[at + 1] };
  };
  return {
    name,
    halfLife,
    neighboursOf,
    similarityOf(from, to) {
      const at = joined.positionOf(from);
      return at < 0 ? 0 : findIn(items, values, { to, start: offsets[at], end: offsets[at + 1] });
    },
  };
}

/** The lists in entity indices, without the entities that the graph has lost. */
function joinNeighbours(lists: NeighbourLists, indexOf: Int32Array) {
  const offsets = new Uint32Array(lists.offsets.length);
  const items = new Int32Array(lists.neighbour.length);
  const values = new Float32Array(lists.neighbour.length);
  let kept = 0;
  for (let at = 0; at + 1 < offsets.length; at++) {
    for (let entry = lists.offsets[at]; entry < lists.offsets[at + 1]; entry++) {
      const index = indexOf[lists.neighbour[entry]];
      if (index < 0) continue;
      items[kept] = index;
      values[kept++] = lists.similarity[entry];
    }
    offsets[at + 1] = kept;
  }
  return { offsets, items: items.subarray(0, kept), values: values.subarray(0, kept) };
}

/** Looks `to` up in an ascending row. */
export function findSimilarity({ items, values, start, end }: Neighbours, to: number): number {
  return findIn(items, values, { to, start, end });
}

function findIn(
  items: Int32Array,
  values: Float32Array,
  { to, start, end }: { readonly to: number; readonly start: number; readonly end: number },
): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (items[middle] < to) low = middle + 1;
    else high = middle;
  }
  return low < end && items[low] === to ? values[low] : 0;
}
