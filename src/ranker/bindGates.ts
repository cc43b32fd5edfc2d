import type { Graph } from "../kg/types.ts";
import type { Joined } from "./bindModel.ts";
import type { BoundGates, Gates } from "./gates.ts";
import { type GroupLayout, nameGroups } from "./groups.ts";

/** Binds gates to the groups and the entity indices of one graph; a relation that comes later is not gated. */
export function bindGates(gates: Gates, layout: GroupLayout, graph: Graph, joined: Joined): BoundGates {
  const names = nameGroups(
    layout,
    graph.relations.map(({ key }) => key),
  );
  const queries = names.map((name) => gates.query[name] ?? null);
  const offsets = names.map((name) => gates.offset[name] ?? 0);
  return {
    dim: gates.dim,
    embedding: gates.embedding,
    rowOf: joined.positionOf,
    queryOf: (group) => queries[group] ?? null,
    offsetOf: (group) => offsets[group] ?? 0,
  };
}
