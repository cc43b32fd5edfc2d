import type { Entity, EntityId, NestedSelection, Queryable, WithTriples } from "../types.ts";
import { nestEntities, type PackedOne } from "./nestEntities.ts";
import { survivorsOf } from "./survivors.ts";
import { comparable } from "./values.ts";

const SEEDS = {
  key: "select * from entity where key = any($1::text[])", // index entity_key_key
  id: "select * from entity where id = any($1::bigint[])",
} as const;
type By = keyof typeof SEEDS;

const SURVIVORS = `
  with recursive ${survivorsOf("select id as asked, id, merged_into from entity where id = any($1::bigint[])")}
  select asked, id from survivor`;
const PREPARED = { prepared: true } as const; // by unique indexes

const known = new WeakMap<NestedSelection, Partial<Record<By, string>>>();

type Found = PackedOne & { readonly asked: string; readonly id: EntityId; readonly into: EntityId | null };

/**
 * Finds entities by key, or by id, with the first triples of each, in one statement; in two more where one of them was
 * merged. The map is keyed by what was asked: a merged entity's leads to the entity that survives; what is unknown is absent.
 * @throws {DomainError} BAD_USER_INPUT for a bad size
 */
export async function findNestedBy(
  db: Queryable,
  names: readonly string[],
  { by, nested }: { readonly by: By; readonly nested: NestedSelection },
): Promise<Map<string, Entity & WithTriples>> {
  const { limit, read } = nestEntities(nested);
  const asked = by === "key" ? names.map(comparable) : names;
  const rows = await db.query<Found>(statementOf(by, nested), [asked, limit], PREPARED);
  const found = new Map<string, Entity & WithTriples>();
  const merged: Found[] = [];
  for (const row of rows) {
    if (row.into === null) {
      found.set(row.asked, read({ packed: [row.packed], relations: row.relations }, 1)[0]);
    } else merged.push(row);
  }
  if (merged.length > 0) await follow(db, { merged, nested }, found);
  return found;
}

/** What a survivor was itself merged into, between two statements, is followed again. */
async function follow(
  db: Queryable,
  { merged, nested }: { readonly merged: readonly Found[]; readonly nested: NestedSelection },
  found: Map<string, Entity & WithTriples>,
): Promise<void> {
  const ids = merged.map(({ id }) => id);
  const chains = await db.query<{ asked: EntityId; id: EntityId }>(SURVIVORS, [ids], PREPARED);
  const survivorOf = new Map(chains.map(({ asked, id }) => [asked, id]));
  const survivors = await findNestedBy(db, [...new Set(survivorOf.values())], { by: "id", nested });
  for (const { asked, id } of merged) {
    const survivor = survivors.get(survivorOf.get(id) ?? "");
    if (survivor) found.set(asked, survivor);
  }
}

function statementOf(by: By, nested: NestedSelection): string {
  const statements = known.get(nested) ?? {};
  known.set(nested, statements);
  statements[by] ??= nestEntities(nested).eachSql(
    SEEDS[by],
    `e.${by} as asked, e.id, e.merged_into as "into"`,
  );
  return statements[by];
}
