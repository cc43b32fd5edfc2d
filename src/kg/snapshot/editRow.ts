import type { Edges } from "../types.ts";

export interface Edge {
  readonly relation: number;
  readonly neighbour: number;
  readonly confidence: number;
  readonly triple: number;
}

/** What happens to one row: the triples that leave it, by id, and the edges that enter. */
export interface RowEdit {
  readonly removed: Set<number>;
  readonly added: Edge[];
}

/**
 * Copies a row without `removed` and with `added` in their places; the row itself stays as it is.
 * @throws RangeError where the row lacks a triple of `removed`: it has missed a change
 */
export function editRow(row: Edges, edit: RowEdit): Edges {
  const { removed } = edit;
  const added = edit.added.sort((a, b) => a.relation - b.relation || a.neighbour - b.neighbour);
  const longest = row.end - row.start + added.length;
  const neighbour = new Int32Array(longest);
  const relation = new Uint16Array(longest);
  const confidence = new Float32Array(longest);
  const triple = new Uint32Array(longest);
  let end = 0;
  let next = 0;
  const insertBefore = (r: number, n: number) => {
    for (; next < added.length; next++, end++) {
      const edge = added[next];
      if (edge.relation > r || (edge.relation === r && edge.neighbour > n)) return;
      neighbour[end] = edge.neighbour;
      relation[end] = edge.relation;
      confidence[end] = edge.confidence;
      triple[end] = edge.triple;
    }
  };
  for (let i = row.start; i < row.end; i++) {
    if (removed.has(row.triple[i])) continue;
    if (next < added.length) insertBefore(row.relation[i], row.neighbour[i]);
    neighbour[end] = row.neighbour[i];
    relation[end] = row.relation[i];
    confidence[end] = row.confidence[i];
    triple[end++] = row.triple[i];
  }
  insertBefore(Number.POSITIVE_INFINITY, 0);
  if (end !== longest - removed.size) {
    throw new RangeError(
      `the row holds ${longest - end} of the ${removed.size} triples to remove (${[...removed].slice(0, 5).join(", ")}…); expected all`,
    );
  }
  return { start: 0, end, neighbour, relation, confidence, triple };
}
