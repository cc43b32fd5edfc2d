import type { Graph } from "../../kg/types.ts";
import { related } from "./properties.ts";
import type { ResolvedProperty } from "./resolveProperties.ts";

const MOST_REACHED = 2_000; // entities that one value leads back to

/**
 * Finds the entities, by graph index, that have values of the asked properties, those with more of them first; at most
 * `most`. Attributes lead nowhere: they are no index of entities.
 */
export function findReached(properties: readonly ResolvedProperty[], most: number, graph: Graph): number[] {
  const hits = new Map<number, number>();
  for (const { property, values } of properties) {
    if (property.kind === "ATTRIBUTE") continue;
    const back = {
      ...property,
      direction: property.direction === "OUT" ? ("IN" as const) : ("OUT" as const),
    };
    for (const { entities } of values) {
      for (const entity of entities) {
        for (const index of related(entity, back, graph).subarray(0, MOST_REACHED)) {
          hits.set(index, (hits.get(index) ?? 0) + 1);
        }
      }
    }
  }
  return [...hits]
    .sort(([a, few], [b, many]) => many - few || a - b)
    .slice(0, most)
    .map(([index]) => index);
}
