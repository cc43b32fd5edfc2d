import type { EntityId, Graph, Relation } from "../../kg/types.ts";

/** Tells whether the graph in memory has a live triple; of a symmetric relation either way round. */
export function hasTriple(
  graph: Graph,
  relation: Relation,
  { head, tail }: { readonly head: EntityId; readonly tail: EntityId },
): boolean {
  const [from, to] = [graph.indexOf(head), graph.indexOf(tail)];
  if (from < 0 || to < 0) return false;
  return reaches(graph, relation, [from, to]) || (relation.symmetric && reaches(graph, relation, [to, from]));
}

function reaches(graph: Graph, { id }: Relation, [from, to]: readonly [number, number]): boolean {
  const { start, end, neighbour, relation } = graph.out(from);
  for (let at = start; at < end; at++) {
    if (neighbour[at] === to && graph.relations[relation[at]].id === id) return true;
  }
  return false;
}
