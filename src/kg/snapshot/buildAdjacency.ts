/** Triples as parallel columns; entities and relations by index. */
export interface TripleColumns {
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly relation: Uint16Array;
  readonly confidence: Float32Array;
  readonly triple: Uint32Array;
}

/** Compressed sparse rows: row i is positions `offsets[i]`…`offsets[i + 1]` of the parallel arrays. */
export interface Adjacency {
  readonly offsets: Uint32Array;
  readonly neighbour: Int32Array;
  readonly relation: Uint16Array;
  readonly confidence: Float32Array;
  readonly triple: Uint32Array;
}

/**
 * Builds one direction of the graph: `head` rows with tails as neighbours for OUT, the reverse for IN. Each row is
 * sorted by (relation, neighbour). Three stable counting sorts, the last key first: O(triples + entities),
 * 8 bytes per triple of scratch and no object per triple.
 */
export function buildAdjacency(columns: TripleColumns, size: number, direction: "OUT" | "IN"): Adjacency {
  const [row, neighbour] = direction === "OUT" ? [columns.head, columns.tail] : [columns.tail, columns.head];
  const length = row.length;
  let order = new Uint32Array(length);
  let spare = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  sortStably(neighbour, size, order, spare);
  [order, spare] = [spare, order];
  sortStably(columns.relation, 65_536, order, spare);
  [order, spare] = [spare, order];
  const offsets = sortStably(row, size, order, spare);
  return {
    offsets,
    neighbour: pick(neighbour, spare, new Int32Array(length)),
    relation: pick(columns.relation, spare, new Uint16Array(length)),
    confidence: pick(columns.confidence, spare, new Float32Array(length)),
    triple: pick(columns.triple, spare, new Uint32Array(length)),
  };
}

/** Writes `from` to `to` in the order of `key` (below `bound`); gives where each key's run starts. */
function sortStably(
  key: Int32Array | Uint16Array,
  bound: number,
  from: Uint32Array,
  to: Uint32Array,
): Uint32Array {
  const offsets = new Uint32Array(bound + 1);
  for (let i = 0; i < key.length; i++) offsets[key[i] + 1]++;
  for (let i = 0; i < bound; i++) offsets[i + 1] += offsets[i];
  const next = offsets.slice(0, bound);
  for (let i = 0; i < from.length; i++) to[next[key[from[i]]]++] = from[i];
  return offsets;
}

function pick<T extends Int32Array | Uint16Array | Uint32Array | Float32Array>(
  column: T,
  order: Uint32Array,
  into: T,
): T {
  for (let i = 0; i < order.length; i++) into[i] = column[order[i]];
  return into;
}
