import { ENTITY_COLUMNS, ENTITY_FIELDS, readEntity } from "../tables/entity.ts";
import { columnsSql, makeLeanReader } from "../tables/lean.ts";
import type { Entity } from "../types.ts";

interface Selected {
  /** The `select` list, of a table named `e`; it has the id and the name always. */
  readonly sql: string;
  read(row: Entity): Entity;
}

const ALL: Selected = { sql: ENTITY_COLUMNS, read: readEntity };
const known = new WeakMap<readonly (keyof Entity)[], Selected>();

/** Gives the SQL that selects entities with the fields that are asked for, and what reads its rows. */
export function selectEntities(selection: readonly (keyof Entity)[] | null | undefined): Selected {
  if (selection == null) return ALL;
  const made = known.get(selection) ?? makeSelected(selection);
  known.set(selection, made);
  return made;
}

function makeSelected(selection: readonly (keyof Entity)[]): Selected {
  const fields = [...new Set<keyof Entity>(["id", "name", ...selection])];
  const read = makeLeanReader<Entity>(ENTITY_FIELDS, fields);
  return { sql: columnsSql(ENTITY_FIELDS, fields), read: (row) => read((field) => row[field]) };
}
