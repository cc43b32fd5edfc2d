import type { Graph } from "../../kg/types.ts";
import type { TripleColumns } from "./types.ts";

/** Lists the live triples of a graph as columns, by head; 12 bytes per triple. */
export function listTriples(graph: Graph): TripleColumns {
  const { size, tripleCount } = graph;
  const [head, relation, tail] = [0, 1, 2].map(() => new Int32Array(tripleCount));
  let row = 0;
  for (let entity = 0; entity < size; entity++) {
    const edges = graph.out(entity);
    for (let at = edges.start; at < edges.end; at++, row++) {
      head[row] = entity;
      relation[row] = edges.relation[at];
      tail[row] = edges.neighbour[at];
    }
  }
  return { entities: size, relations: graph.relations.length, head, relation, tail };
}
