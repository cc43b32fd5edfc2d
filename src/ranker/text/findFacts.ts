import type { Edges, Graph, Relation } from "../../kg/types.ts";

/** What one relation says of an entity. */
export interface Fact {
  readonly relation: Relation;
  /** The entity is the tail. */
  readonly inverse: boolean;
  /** Entity indices at the other ends. */
  readonly neighbours: readonly number[];
}

const MOST_NEIGHBOURS = 8; // per relation and direction, the surest first

/** Finds what the graph says of an entity, one fact per relation, those that leave it first; a hub costs its degree. */
export function findFacts(graph: Graph, index: number): Fact[] {
  return [...listFacts(graph, graph.out(index), false), ...listFacts(graph, graph.in(index), true)];
}

/** In the order of the edges, which is by relation and neighbour. */
function listFacts(graph: Graph, edges: Edges, inverse: boolean): Fact[] {
  const facts: Fact[] = [];
  for (let start = edges.start; start < edges.end; ) {
    let end = start;
    while (end < edges.end && edges.relation[end] === edges.relation[start]) end++;
    const neighbours = surest(edges, start, end).map((at) => edges.neighbour[at]);
    facts.push({ relation: graph.relations[edges.relation[start]], inverse, neighbours });
    start = end;
  }
  return facts;
}

function surest({ confidence }: Edges, start: number, end: number): number[] {
  const all = Array.from({ length: end - start }, (_, offset) => start + offset);
  if (all.length <= MOST_NEIGHBOURS) return all;
  return all.sort((a, b) => confidence[b] - confidence[a] || a - b).slice(0, MOST_NEIGHBOURS);
}
