import type { Entity } from "../types.ts";
import { type Columns, columnsSql } from "./lean.ts";

/** Where each field of an entity is, in a table or subquery named `e`. */
export const ENTITY_FIELDS: Columns<Entity> = {
  id: "e.id",
  key: "e.key",
  type: "e.type",
  name: "e.name",
  aliases: "e.aliases",
  description: "e.description",
  attributes: "e.attributes",
  isItem: "e.is_item",
  mergedInto: "e.merged_into",
  revision: "e.revision",
};

/** The columns of an entity under their names in the domain. */
export const ENTITY_COLUMNS = columnsSql(ENTITY_FIELDS, Object.keys(ENTITY_FIELDS) as (keyof Entity)[]);

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
