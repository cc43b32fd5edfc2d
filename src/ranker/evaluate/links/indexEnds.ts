import type { Side, TripleColumns } from "../../embed/types.ts";
import type { LinkQuery } from "./types.ts";

/** Triples by either end. */
export interface EndsIndex {
  /** The entities at the missing end, in the order of the triples. */
  answersOf(query: LinkQuery): Int32Array;
  /** Calls `visit` with what asks for the others that share each neighbour of an entity. */
  forEachLink(entity: number, visit: (link: LinkQuery) => void): void;
}

/** Indexes triples by (head, relation) and by (tail, relation): 24 bytes per triple. */
export function indexEnds(triples: TripleColumns): EndsIndex {
  const { relations, relation } = triples;
  const out = groupRows(triples.head, triples);
  const into = groupRows(triples.tail, triples);
  const visitSide = (side: Side, entity: number, visit: (link: LinkQuery) => void) => {
    const { rows, starts } = side === "TAIL" ? out : into;
    const other = side === "TAIL" ? triples.tail : triples.head;
    const shared: Side = side === "TAIL" ? "HEAD" : "TAIL";
    for (let at = starts[entity * relations]; at < starts[(entity + 1) * relations]; at++) {
      visit({ side: shared, entity: other[rows[at]], relation: relation[rows[at]] });
    }
  };
  const [tails, heads] = [
    out.rows.map((row) => triples.tail[row]),
    into.rows.map((row) => triples.head[row]),
  ];
  return {
    answersOf({ side, entity, relation: index }) {
      const key = entity * relations + index;
      const starts = side === "TAIL" ? out.starts : into.starts;
      return (side === "TAIL" ? tails : heads).subarray(starts[key], starts[key + 1]);
    },
    forEachLink(entity, visit) {
      visitSide("TAIL", entity, visit);
      visitSide("HEAD", entity, visit);
    },
  };
}

/** Counting sort of the rows by entity × R + relation. */
function groupRows(
  ends: Int32Array,
  { entities, relations, relation }: TripleColumns,
): { readonly rows: Int32Array; readonly starts: Int32Array } {
  const starts = new Int32Array(entities * relations + 1);
  for (let row = 0; row < ends.length; row++) starts[ends[row] * relations + relation[row] + 1]++;
  for (let key = 0; key < entities * relations; key++) starts[key + 1] += starts[key];
  const next = starts.slice();
  const rows = new Int32Array(ends.length);
  for (let row = 0; row < ends.length; row++) rows[next[ends[row] * relations + relation[row]]++] = row;
  return { rows, starts };
}
