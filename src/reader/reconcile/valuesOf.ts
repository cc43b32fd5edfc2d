import type { Graph, JSONObject } from "../../kg/types.ts";
import type { Gazetteer } from "../../text/Gazetteer.ts";
import { type Property, related } from "./properties.ts";
import { readLiterals } from "./readLiterals.ts";
import type { PropertyValue } from "./types.ts";

/** An entity to read properties of. */
export interface Subject {
  /** Index in the graph. */
  readonly index: number;
  readonly attributes: JSONObject;
}

/** Reads the first `most` values of a property, in the order of their ids, and counts all of them. */
export function valuesOf(
  property: Property,
  { index, attributes }: Subject,
  { graph, names, most }: { readonly graph: Graph; readonly names: Gazetteer; readonly most: number },
): { readonly values: readonly PropertyValue[]; readonly count: number } {
  if (property.kind === "ATTRIBUTE") {
    const literals = readLiterals(attributes[property.key]);
    return { values: literals.slice(0, most).map((literal) => ({ literal })), count: literals.length };
  }
  const others = related(index, property, graph);
  const values = [...others.subarray(0, most)].flatMap((other) => {
    const entity = names.entity(graph.idOf(other));
    return entity ? [{ key: entity.key, name: entity.name }] : [];
  });
  return { values, count: others.length };
}
