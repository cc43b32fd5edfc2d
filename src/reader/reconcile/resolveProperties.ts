import type { Entity, Graph } from "../../kg/types.ts";
import type { Gazetteer } from "../../text/Gazetteer.ts";
import { type Property, readProperty } from "./properties.ts";
import type { AskedProperty, AskedValue } from "./types.ts";

/** A property that an entity should have, in terms of the graph. */
export interface ResolvedProperty {
  readonly id: string;
  readonly property: Property;
  readonly values: readonly ResolvedValue[];
}

/** A value as the entities that it surely names, by graph index, and as what it says; null where only an id is given. */
export interface ResolvedValue {
  readonly entities: ReadonlySet<number>;
  readonly text: string | number | boolean | null;
}

/** What asked properties are resolved with. */
export interface Lookup {
  readonly graph: Graph;
  readonly names: Gazetteer;
  /** Entities by the keys that were asked for; a merged one's leads to its survivor. */
  readonly byKey: ReadonlyMap<string, Entity>;
}

/**
 * Finds out what asked properties mean in the graph: which relation or attribute, and which entities.
 * @throws {DomainError} BAD_USER_INPUT for a property that the graph does not have
 */
export function resolveProperties(asked: readonly AskedProperty[], lookup: Lookup): ResolvedProperty[] {
  return asked.map(({ property: id, values }) => {
    const property = readProperty(id, lookup.graph);
    return { id, property, values: values.map((value) => resolveValue(value, property, lookup)) };
  });
}

function resolveValue(value: AskedValue, { kind }: Property, { graph, names, byKey }: Lookup): ResolvedValue {
  if (kind === "ATTRIBUTE") {
    return { entities: new Set(), text: typeof value === "object" ? (value.name ?? value.id) : value };
  }
  if (typeof value === "object") {
    const index = graph.indexOf(byKey.get(value.id)?.id ?? "");
    // Whoever gives a known id means no namesake.
    return index < 0 ? { entities: new Set(), text: value.name } : { entities: new Set([index]), text: null };
  }
  const found = names.find(String(value)).map(({ entity }) => graph.indexOf(entity.id));
  return { entities: new Set(found.filter((index) => index >= 0)), text: value };
}
