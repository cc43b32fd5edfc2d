import type { Graph, Wish } from "../kg/types.ts";
import type { DampedReason } from "../ranker/types.ts";
import { findNeighbours } from "./filter.ts";

/** Lists what a user wants less of, as the ranker takes it; what the graph does not know drops out. */
export function listDamped(graph: Graph, wishes: readonly Wish[]): DampedReason[] {
  return wishes.flatMap(({ kind, entity, relation, factor }) => {
    if (kind !== "LESS") return [];
    const found = {
      entity: entity === null ? -1 : graph.indexOf(entity),
      relation: relation === null ? -1 : graph.relations.findIndex(({ id }) => id === relation),
    };
    const unknown = (entity !== null && found.entity < 0) || (relation !== null && found.relation < 0);
    return unknown ? [] : [{ ...found, factor }];
  });
}

/** Lists the items that a user wants never: those named, and those linked to what is named and is no item. */
export function listExcluded(graph: Graph, wishes: readonly Wish[]): ReadonlySet<number> {
  const excluded = new Set<number>();
  for (const { kind, entity } of wishes) {
    if (kind !== "EXCLUDE" || entity === null) continue;
    const index = graph.indexOf(entity);
    if (index < 0) continue;
    if (graph.isItem(index)) excluded.add(index);
    else for (const item of findNeighbours(graph, index)) excluded.add(item);
  }
  return excluded;
}
