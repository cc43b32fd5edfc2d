import type { Graph } from "../../kg/types.ts";

/** Counts the live triples that leave or enter an entity, by its graph index. */
export function degreeOf(index: number, graph: Graph): number {
  const [out, into] = [graph.out(index), graph.in(index)];
  return out.end - out.start + into.end - into.start;
}
