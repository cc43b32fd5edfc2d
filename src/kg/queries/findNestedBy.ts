import type { Entity, NestedSelection, Queryable, WithTriples } from "../types.ts";
import { nestEntities, type PackedPage } from "./nestEntities.ts";
import { survivorOf } from "./survivors.ts";
import { comparable } from "./values.ts";

const SEEDS = {
  key: "select key as asked, id, merged_into from entity where key = any($1::text[])", // index entity_key_key
  id: "select id as asked, id, merged_into from entity where id = any($1::bigint[])",
} as const;
type By = keyof typeof SEEDS;

const known = new WeakMap<NestedSelection, Partial<Record<By, string>>>();

/**
 * Finds entities by key, or by id, with the first triples of each, in one statement. The map is keyed by what was asked:
 * a merged entity's leads to the entity that survives; what is unknown is absent.
 * @throws {DomainError} BAD_USER_INPUT for a bad size
 */
export async function findNestedBy(
  db: Queryable,
  names: readonly string[],
  { by, nested }: { readonly by: By; readonly nested: NestedSelection },
): Promise<Map<string, Entity & WithTriples>> {
  const { limit, read } = nestEntities(nested);
  const rows = await db.query<PackedPage & { readonly asked: string }>(
    statementOf(by, nested),
    [by === "key" ? names.map(comparable) : names, limit],
    { prepared: true },
  );
  return new Map(rows.map((row) => [row.asked, read(row, 1)[0]]));
}

function statementOf(by: By, nested: NestedSelection): string {
  const statements = known.get(nested) ?? {};
  known.set(nested, statements);
  statements[by] ??= `
    select seed.asked, page.* from (${SEEDS[by]}) seed
      cross join lateral (select ${survivorOf("seed")} as id) survivor
      cross join lateral (${nestEntities(nested).sqlOf("select * from entity e where e.id = survivor.id")}) page`;
  return statements[by];
}
