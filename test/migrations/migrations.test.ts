import { expect, it } from "vitest";
import { openDataSource } from "../../src/kg/dataSource.ts";
import { createTestDatabase } from "../support/database.ts";

async function schemaOf(url: string): Promise<string[]> {
  const source = await openDataSource(url, { migrate: false });
  const rows = await source.query(`
    select format('%s.%s %s', table_name, column_name, data_type) as line from information_schema.columns
     where table_schema = 'public' and table_name <> 'migrations'
    union all select indexdef from pg_indexes where schemaname = 'public' and tablename <> 'migrations'
    union all select pg_get_functiondef(p.oid) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      left join pg_depend d on d.objid = p.oid and d.deptype = 'e' where n.nspname = 'public' and d.objid is null
    union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    order by 1`);
  await source.destroy();
  return rows.map((row: { line: string }) => row.line);
}

it("migrates up, down and up again to the same schema", async () => {
  const database = await createTestDatabase({ migrated: false });
  const up = await openDataSource(database.url);
  const first = await schemaOf(database.url);
  expect(first.length).toBeGreaterThan(60);
  for (let left = up.migrations.length; left > 0; left--) await up.undoLastMigration();
  expect(await schemaOf(database.url)).toEqual([]);
  await up.runMigrations();
  expect(await schemaOf(database.url)).toEqual(first);
  await up.destroy();
});

it("refuses a write to the graph without an open change, and keeps the log append-only", async () => {
  const database = await createTestDatabase();
  const write = `insert into entity (key, type, name) values ('movie:1', 'movie', 'Alien')`;
  await expect(database.query(write)).rejects.toThrow(/needs an open change/);
  await database.transaction(async (db) => {
    await db.query(`select open_change('test', 'tester')`);
    await db.query(write);
  });
  const rows = await database.query(`select revision, subject, before, after->>'key' as key from change_row`);
  expect(rows).toEqual([{ revision: "1", subject: "entity", before: null, key: "movie:1" }]);
  await expect(database.query(`update change set actor = 'x'`)).rejects.toThrow(/append-only/);
  await expect(database.query(`delete from change_row`)).rejects.toThrow(/append-only/);
});

it("logs every column of the graph that is not generated", async () => {
  const database = await createTestDatabase();
  await database.transaction(async (db) => {
    await db.query(`select open_change('test', 'tester')`);
    await db.query(
      `insert into entity (key, type, name) values ('movie:1', 'movie', 'Alien'), ('person:1', 'person', 'RS')`,
    );
    await db.query(`insert into relation (key, label) values ('directed_by', 'directed by')`);
    await db.query(`insert into triple (head_id, relation_id, tail_id)
      select h.id, r.id, t.id from entity h, relation r, entity t where h.key = 'movie:1' and t.key = 'person:1'`);
  });
  const columns = await database.query(`
    select table_name as subject, array_agg(column_name::text order by column_name::text) as columns
      from information_schema.columns where table_name in ('entity', 'relation', 'triple') and is_generated = 'NEVER'
     group by 1 order by 1`);
  const logged = await database.query(`
    select distinct subject, array(select json_object_keys(after) order by 1) as columns from change_row order by 1`);
  expect(logged).toEqual(columns);
  expect(
    await database.query(`
      select h.key as head, t.key as tail from change_row
        left join entity h on h.id = head_id left join entity t on t.id = tail_id order by change_row.id`),
  ).toEqual([
    { head: null, tail: null },
    { head: null, tail: null },
    { head: null, tail: null },
    { head: "movie:1", tail: "person:1" },
  ]);
});

it("refuses to truncate what is logged, in every session", async () => {
  const database = await createTestDatabase();
  for (const table of [
    "entity",
    "relation",
    "triple",
    "change",
    "change_row",
    "change_hash",
    "change_revert",
  ]) {
    await expect(
      database.transaction(async (db) => {
        await db.query("set local session_replication_role = replica");
        await db.query("select open_change('test', 'tester')");
        await db.query(`truncate ${table} cascade`);
      }),
    ).rejects.toThrow(/refused|pending trigger events/); // the latter: the hash of the change is not written yet
  }
});
