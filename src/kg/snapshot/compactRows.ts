import type { Edges } from "../types.ts";
import type { Adjacency } from "./buildAdjacency.ts";

/**
 * Folds the changed rows into new compressed rows for `size` entities. Spans of untouched rows are copied whole,
 * so it costs little more than a copy of the arrays and sorts nothing.
 */
export function compactRows(base: Adjacency, changed: ReadonlyMap<number, Edges>, size: number): Adjacency {
  const offsets = shiftOffsets(base.offsets, changed, size);
  const length = offsets[size];
  const into = {
    offsets,
    neighbour: new Int32Array(length),
    relation: new Uint16Array(length),
    confidence: new Float32Array(length),
    triple: new Uint32Array(length),
  };
  const baseRows = base.offsets.length - 1;
  let untouched = 0;
  for (const index of [...changed.keys()].sort((a, b) => a - b)) {
    copySpan(base, baseRows, untouched, index, into);
    const row = changed.get(index) as Edges;
    copyEdges(row, row.start, row.end, into, offsets[index]);
    untouched = index + 1;
  }
  copySpan(base, baseRows, untouched, size, into);
  return into;
}

function shiftOffsets(from: Uint32Array, changed: ReadonlyMap<number, Edges>, size: number): Uint32Array {
  const offsets = new Uint32Array(size + 1);
  for (let i = 0; i < size; i++) {
    const row = changed.get(i);
    const length = row ? row.end - row.start : i + 1 < from.length ? from[i + 1] - from[i] : 0;
    offsets[i + 1] = offsets[i] + length;
  }
  return offsets;
}

function copySpan(base: Adjacency, rows: number, from: number, to: number, into: Adjacency): void {
  const last = Math.min(to, rows);
  if (from >= last) return;
  copyEdges(base, base.offsets[from], base.offsets[last], into, into.offsets[from]);
}

type Columns = Omit<Adjacency, "offsets">;

function copyEdges(from: Columns, start: number, end: number, into: Columns, at: number): void {
  into.neighbour.set(from.neighbour.subarray(start, end), at);
  into.relation.set(from.relation.subarray(start, end), at);
  into.confidence.set(from.confidence.subarray(start, end), at);
  into.triple.set(from.triple.subarray(start, end), at);
}
