import { findEntitiesByKeys } from "../../kg/queries/findEntitiesByKeys.ts";
import type { Matching } from "./matchQueries.ts";
import { listRelations, tellProperty } from "./properties.ts";
import type { EntityPage } from "./types.ts";
import { valuesOf } from "./valuesOf.ts";

/** Tells about the entity of a key what a page shows of it; null where there is none. One SQL statement. */
export async function describeEntity(
  key: string,
  most: { readonly properties: number; readonly values: number },
  { db, graph, names }: Matching,
): Promise<EntityPage | null> {
  const found = (await findEntitiesByKeys(db, [key])).get(key);
  const entity = found && names.entity(found.id);
  const index = graph.indexOf(found?.id ?? "");
  if (!found || !entity || index < 0) return null;
  const { attributes, description } = found;
  const properties = [
    ...listRelations(graph),
    ...Object.keys(attributes).map((name) => ({ kind: "ATTRIBUTE" as const, key: name })),
  ];
  const told = properties.flatMap((property) => {
    const { values, count } = valuesOf(property, { index, attributes }, { graph, names, most: most.values });
    return count > 0 ? [{ name: tellProperty(property).name, values, more: count - values.length }] : [];
  });
  return { entity, description, properties: told.slice(0, most.properties) };
}
