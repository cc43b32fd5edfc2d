import type { NestedOfTypeArguments } from "../reads/types.ts";
import type { Entity, NestedSelection, Page, Queryable, WithTriples } from "../types.ts";
import { keysetOf } from "./findEntities.ts";
import { orderBy } from "./keyset.ts";
import { LazyPage, type Order } from "./LazyPage.ts";
import { nestEntities, type PackedPage } from "./nestEntities.ts";
import { readWindow } from "./page.ts";
import { comparable } from "./values.ts";

const KEYSET = keysetOf("NAME_ASC");
const ORDER: Order<Entity> = { name: KEYSET.name, positionOf: ({ name, id }) => [name, id] };
const known = new WeakMap<NestedSelection, string>();

/**
 * Finds what `findEntitiesOfTypes` and `findTriplesOf` find one after the other, in one statement of one row per type.
 * @throws {DomainError} BAD_USER_INPUT for a bad size
 */
export async function findNestedOfTypes(
  db: Queryable,
  types: readonly string[],
  { first, nested }: NestedOfTypeArguments,
): Promise<Map<string, Page<Entity & WithTriples>>> {
  const { size } = readWindow({ first }, KEYSET);
  const { limit, read } = nestEntities(nested);
  const rows = await db.query<PackedPage>(
    statementOf(nested),
    [types.map(comparable), limit, nested.more ? size + 1 : size],
    { prepared: true }, // it walks an index from each type, whichever they are
  );
  return new Map(
    rows.map((row, i) => [types[i], new LazyPage(read(row, size), (row.packed?.length ?? 0) > size, ORDER)]),
  );
}

function statementOf(nested: NestedSelection): string {
  const sql = known.get(nested) ?? makeStatement(nested);
  known.set(nested, sql);
  return sql;
}

function makeStatement(nested: NestedSelection): string {
  const order = `order by ${orderBy(KEYSET.columns)}`;
  const listed = `select * from entity e where e.type = wanted.type and e.merged_into is null
    ${order} limit $3::integer /* index entity_type_name */`;
  return `select page.* from unnest($1::text[]) with ordinality as wanted(type, place)
    cross join lateral (${nestEntities(nested).pageSql(listed, order)}) page order by wanted.place`;
}
