import type { Graph, JSONObject } from "../../kg/types.ts";
import type { Gazetteer } from "../../text/Gazetteer.ts";
import { compareLiterals, ifAlike } from "./compareLiterals.ts";
import { likenessOf } from "./likenessOf.ts";
import { related } from "./properties.ts";
import { readLiterals } from "./readLiterals.ts";
import { readName } from "./readName.ts";
import type { ResolvedProperty, ResolvedValue } from "./resolveProperties.ts";

const MOST_COMPARED = 50; // names at the other end of a hub's triples

/** An entity and what its properties are read from. */
export interface Fitted {
  /** Index in the graph. */
  readonly index: number;
  readonly attributes: JSONObject;
  readonly graph: Graph;
  readonly names: Gazetteer;
  /** Names that may still be compared for the query; counted down. */
  readonly budget: { left: number };
}

/**
 * Tells how well an entity has a property as asked for, 0…1: the mean over the asked values of the likest value that
 * it has. Null where it has no value at all, so that nothing is known.
 */
export function fitOfProperty({ property, values }: ResolvedProperty, fitted: Fitted): number | null {
  if (values.length === 0) return null;
  if (property.kind === "ATTRIBUTE") {
    const literals = readLiterals(fitted.attributes[property.key]);
    if (literals.length === 0) return null;
    return mean(values.map(({ text }) => best(literals, (literal) => compareLiterals(text ?? "", literal))));
  }
  const others = related(fitted.index, property, fitted.graph);
  if (others.length === 0) return null;
  return mean(values.map((value) => fitOfValue(value, others, fitted)));
}

function fitOfValue({ entities, text }: ResolvedValue, others: Int32Array, fitted: Fitted): number {
  if (isAmong(entities, others)) return 1;
  if (text === null) return 0;
  const { graph, names, budget } = fitted;
  const asked = readName(String(text));
  return best([...others.subarray(0, MOST_COMPARED)], (other) => {
    const entity = names.entity(graph.idOf(other));
    return entity && budget.left-- > 0 ? ifAlike(likenessOf(asked, entity).likeness) : 0;
  });
}

/** Tells whether any of some entities is among others that are sorted, of which a hub has very many. */
function isAmong(entities: ReadonlySet<number>, others: Int32Array): boolean {
  if (entities.size > others.length) return others.some((other) => entities.has(other));
  for (const entity of entities) if (has(others, entity)) return true;
  return false;
}

function has(sorted: Int32Array, wanted: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted;
}

function best<T>(those: readonly T[], alike: (one: T) => number): number {
  return those.reduce((most, one) => Math.max(most, alike(one)), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
