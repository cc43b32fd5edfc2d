import type { Graph } from "../../kg/types.ts";
import type { StoredEmbedding } from "./packEmbedding.ts";
import type { Side } from "./types.ts";

/** An embedding whose rows are matched with the entities and relations of a graph. */
export interface BoundEmbedding extends StoredEmbedding {
  readonly graph: Graph;
  /** Row of an entity, by its index in the graph; −1 where it has no vector. */
  rowOf(index: number): number;
  /** Index in the graph of each row; −1 where the entity is gone. */
  readonly indexOfRow: Int32Array;
  /** Row of each relation of the graph; −1 where it has no vector. */
  readonly relationRow: Int32Array;
  /** Whether an entity is of a type that stands at that end of the relation, by indices in the graph. */
  fits(side: Side, relation: number, index: number): boolean;
  /** Rows that fit. */
  candidates(side: Side, relation: number): readonly number[];
}

/**
 * Matches an embedding with a graph as it is now. What may stand at an end of a relation are the types that do
 * stand there, and of them those that its domain or range names. Cost: one pass over the triples.
 */
export function bindEmbedding(stored: StoredEmbedding, graph: Graph): BoundEmbedding {
  const indexOfRow = Int32Array.from(stored.entityIds, (id) => graph.indexOf(String(id)));
  const rows = new Map<number, number>();
  for (const [row, index] of indexOfRow.entries()) if (index >= 0) rows.set(index, row);
  const relationRow = Int32Array.from(graph.relations, ({ id }) => stored.relationIds.indexOf(id));
  const ends = readEndTypes(graph);
  const fits = (side: Side, relation: number, index: number) => {
    const { domain, range } = graph.relations[relation];
    const declared = side === "HEAD" ? domain : range;
    const type = graph.typeOf(index);
    const isSeen = ends[side][relation].has(type);
    return isSeen && (declared === null || declared.includes(graph.types[type]));
  };
  const pools = new Map<string, readonly number[]>();
  const candidates = (side: Side, relation: number) => {
    const key = `${side} ${relation}`;
    let pool = pools.get(key);
    if (!pool) {
      pool = Array.from(indexOfRow.keys()).filter(
        (row) => indexOfRow[row] >= 0 && fits(side, relation, indexOfRow[row]),
      );
      pools.set(key, pool);
    }
    return pool;
  };
  return {
    ...stored,
    ...{ graph, indexOfRow, relationRow, fits, candidates },
    rowOf: (index) => rows.get(index) ?? -1,
  };
}

/** Types of the entities at either end of each relation. */
function readEndTypes(graph: Graph): Readonly<Record<Side, readonly ReadonlySet<number>[]>> {
  const collect = () => graph.relations.map(() => new Set<number>());
  const [heads, tails] = [collect(), collect()];
  for (let head = 0; head < graph.size; head++) {
    const { start, end, relation, neighbour } = graph.out(head);
    for (let at = start; at < end; at++) {
      heads[relation[at]].add(graph.typeOf(head));
      tails[relation[at]].add(graph.typeOf(neighbour[at]));
    }
  }
  return { HEAD: heads, TAIL: tails };
}
