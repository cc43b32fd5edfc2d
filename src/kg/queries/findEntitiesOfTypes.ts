import type { Entity, Page, Queryable } from "../types.ts";
import { keysetOf, placeByName } from "./findEntities.ts";
import { orderBy } from "./keyset.ts";
import { makePage, readWindow } from "./page.ts";
import { selectEntities } from "./selectEntities.ts";
import { comparable } from "./values.ts";

/**
 * Finds the first page of the entities of each of `types`, by name, in one statement; merged entities are left out.
 * It is what `findEntities` gives for one type in the order NAME_ASC, read from the start.
 * @throws {DomainError} BAD_USER_INPUT for a bad size
 */
export async function findEntitiesOfTypes(
  db: Queryable,
  types: readonly string[],
  { first, select }: { readonly first: number | null; readonly select: readonly (keyof Entity)[] | null },
): Promise<Map<string, Page<Entity>>> {
  const window = readWindow({ first }, keysetOf("NAME_ASC"));
  const { sql, read } = selectEntities(select);
  const found = new Map<string, Entity[]>(types.map((type) => [type, []]));
  const rows = await db.query<Entity & { readonly position_in: number }>(
    `select wanted.position_in::int, page.* from unnest($1::text[]) with ordinality as wanted(type, position_in)
       cross join lateral (
         select ${sql} from entity e where e.type = wanted.type and e.merged_into is null
          order by ${orderBy(window.keyset.columns)} limit $2 -- index entity_type_name
       ) page order by wanted.position_in, page.name, page.id`,
    [types.map(comparable), window.size + 1],
    { prepared: true },
  );
  for (const row of rows) found.get(types[row.position_in - 1])!.push(row);
  return new Map([...found].map(([type, some]) => [type, makePage(some.map(placeByName), window, read)]));
}
