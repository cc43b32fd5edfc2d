import type { Entity } from "../types.ts";

/** The columns of an entity, of a table or subquery named `e`, under their names in the domain. */
export const ENTITY_COLUMNS = `e.id, e.key, e.type, e.name, e.aliases, e.description, e.attributes,
  e.is_item as "isItem", e.merged_into as "mergedInto", e.revision`;

/** Copies an entity out of a row that may have more columns. */
export function readEntity(row: Entity): Entity {
  return {
    id: row.id,
    key: row.key,
    type: row.type,
    name: row.name,
    aliases: row.aliases,
    description: row.description,
    attributes: row.attributes,
    isItem: row.isItem,
    mergedInto: row.mergedInto,
    revision: row.revision,
  };
}
