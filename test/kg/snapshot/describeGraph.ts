import type { Edges, Graph } from "../../../src/kg/types.ts";

/**
 * All that a graph says, by ids instead of indices, so that two snapshots compare whatever indices they gave.
 * Asserts on the way that each row is sorted by (relation, neighbour).
 */
export function describeGraph(graph: Graph) {
  const rowOf = (edges: Edges) => {
    const row: [relation: string, neighbour: string, confidence: number, triple: number][] = [];
    for (let i = edges.start; i < edges.end; i++) {
      if (i > edges.start && !follows(edges, i)) throw new Error(`position ${i} of a row is out of order`);
      row.push([
        graph.relations[edges.relation[i]].key,
        graph.idOf(edges.neighbour[i]),
        edges.confidence[i],
        edges.triple[i],
      ]);
    }
    return row;
  };
  const entities: Record<string, unknown> = {};
  for (let index = 0; index < graph.size; index++) {
    const id = graph.idOf(index);
    const [out, into] = [rowOf(graph.out(index)), rowOf(graph.in(index))];
    if (graph.indexOf(id) === -1) {
      if (out.length + into.length > 0) throw new Error(`deleted entity ${id} has edges`);
      if (graph.isItem(index)) throw new Error(`deleted entity ${id} is an item`);
      continue;
    }
    if (graph.indexOf(id) !== index) throw new Error(`entity ${id} has two indices`);
    entities[id] = { type: graph.types[graph.typeOf(index)], isItem: graph.isItem(index), out, into };
  }
  return { revision: graph.revision, triples: graph.tripleCount, entities };
}

function follows(edges: Edges, i: number): boolean {
  const step = edges.relation[i] - edges.relation[i - 1];
  return step > 0 || (step === 0 && edges.neighbour[i] > edges.neighbour[i - 1]);
}
