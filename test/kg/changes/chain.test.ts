import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { auditLog } from "../../../src/kg/changes/chain/auditLog.ts";
import { hashChange, RowsDigest } from "../../../src/kg/changes/chain/hashChange.ts";
import type { Database } from "../../../src/kg/database.ts";
import { openDataSource } from "../../../src/kg/dataSource.ts";
import { createTestDatabase } from "../../support/database.ts";
import { insertFilms } from "../../support/films.ts";
import { runWhygraph } from "../../support/server.ts";
import { change, tamper } from "./support.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

it("hashes a change and its rows as the description says", () => {
  const rows = new RowsDigest();
  rows.add({
    ...{ revision: "7", subject: "entity", subjectId: "12", headId: null, tailId: null },
    ...{ before: null, after: '{"name":"Émile"}' },
  });
  const row = '6:entity2:12---17:{"name":"Émile"}'; // É takes two bytes: 15 characters + … = 17 bytes
  const digest = createHash("sha256").update(createHash("sha256").update(row).digest()).digest("hex");
  const sum = rows.finish();
  expect(sum).toBe(digest);
  const logged = { revision: "7", kind: "add", actor: "ann", reason: null, reverts: null };
  const at = "2024-01-31T12:00:00.000000Z";
  const previous = "00".repeat(32);
  expect(hashChange({ ...logged, at }, previous, sum)).toBe(
    sha256(`64:${previous}1:73:add3:ann--27:${at}64:${digest}`),
  );
});

describe("the chain of a log of seven changes", () => {
  let db: Database;
  beforeEach(async () => {
    db = await createTestDatabase();
    await insertFilms(db); // change 1: 13 entities, 6 relations, 19 triples
    await change(db, "rename", "update entity set name = 'Ali''n – 異形' where key = 'movie:alien'");
    await change(db, "retract", "delete from triple where rank = 'DEPRECATED'");
    await change(
      db,
      "note",
      `update triple set qualifiers = '{"a": [1.50, "ü"]}', valid_from = now() where id < 4`,
    );
    await change(db, "nothing");
    await change(db, "type", "update entity set type = 'film' where type = 'movie'"); // 6 rows
    await change(db, "forget", "delete from triple where id = 5");
  });
  afterEach(() => db.close());

  const broken = async () => {
    const { broken } = await auditLog(db);
    return broken && [broken.kind, broken.revision];
  };

  it("is whole: every hash fits, and the graph is what the log says", async () => {
    const report = await auditLog(db);
    expect(report).toMatchObject({ changes: 7, broken: null, drift: { count: 0, rows: [] } });
    expect(report.rows).toBe(38 + 1 + 1 + 3 + 0 + 6 + 1);
    const [{ hash }] = await db.query<{ hash: string }>(
      "select encode(hash, 'hex') as hash from change_hash order by revision desc limit 1",
    );
    expect(report.head).toEqual({ revision: "7", hash });
  });

  it("does not depend on the session that reads it", async () => {
    await db.query(`alter database ${new URL(db.url).pathname.slice(1)} set timezone to 'Asia/Shanghai'`);
    const other = await runWhygraph(["audit", "--log", "--json"], { DATABASE_URL: db.url });
    expect(JSON.parse(other.stdout)).toMatchObject({ changes: 7, broken: null, drift: { count: 0 } });
    expect(other.code).toBe(0);
  });

  it("breaks where the text of a row is altered", async () => {
    await tamper(
      db,
      `update change_row set after = replace(after::text, 'film', 'show')::json
      where revision = 6 and id = (select max(id) from change_row where revision = 6)`,
    );
    const report = await auditLog(db);
    expect(report.broken).toMatchObject({ kind: "CONTENT", revision: "6" });
    expect(report.broken!.message).toMatch(
      /change 6 or its rows were altered: .*change 7 was chained to the latter/,
    );
    expect(report.drift).toMatchObject({
      count: 1,
      rows: [{ subject: "entity", kind: "DIFFERENT", fields: ["type"] }],
    });
  });

  it.each([
    ["the actor", "update change set actor = 'someone else' where revision = 3"],
    ["the time, by a microsecond", "update change set at = at + interval '1 microsecond' where revision = 3"],
    ["a reason that was not there", "update change set reason = '' where revision = 3"],
    ["the row it is about", "update change_row set subject_id = 4 where revision = 3"],
    ["whose history it is in", "update change_row set tail_id = head_id where revision = 3"],
    ["a row that is gone", "delete from change_row where revision = 3"],
    [
      "a row too many",
      `insert into change_row (revision, subject, subject_id, after) values (3, 'entity', 1, '{}')`,
    ],
  ])("breaks where %s is altered", async (_, statement) => {
    await tamper(db, statement);
    expect(await broken()).toEqual(["CONTENT", "3"]);
  });

  it("breaks where rows of a change swap their places", async () => {
    await tamper(
      db,
      "alter table change_row alter column id drop identity",
      `update change_row r set id = -r.id where revision = 6`,
    );
    expect(await broken()).toEqual(["CONTENT", "6"]);
  });

  it("breaks where two changes swap their places", async () => {
    const move = (from: number, to: number) =>
      ["change", "change_row", "change_hash"].map(
        (table) => `update ${table} set revision = ${to} where revision = ${from}`,
      );
    await tamper(db, ...move(3, 100), ...move(4, 3), ...move(100, 4));
    expect(await broken()).toEqual(["CONTENT", "3"]);
  });

  it("breaks where a change in the middle is gone, also when those behind it move up", async () => {
    const gone = ["change_row", "change_hash", "change"].map(
      (table) => `delete from ${table} where revision = 4`,
    );
    await tamper(db, ...gone);
    expect(await broken()).toEqual(["GAP", "4"]);
    const up = [5, 6, 7].flatMap((revision) =>
      ["change", "change_row", "change_hash"].map(
        (table) => `update ${table} set revision = ${revision - 1} where revision = ${revision}`,
      ),
    );
    await tamper(db, ...up, "update graph set revision = 6");
    expect(await broken()).toEqual(["CONTENT", "4"]);
  });

  it("breaks where the newest change is gone", async () => {
    await tamper(
      db,
      ...["change_row", "change_hash", "change"].map((t) => `delete from ${t} where revision = 7`),
    );
    expect(await auditLog(db)).toMatchObject({
      broken: {
        ...{ kind: "GAP", revision: "7" },
        message: "change 7 is missing: the log ends with change 6, the graph is at revision 7",
      },
      drift: { count: 1, rows: [{ subject: "triple", id: "5", kind: "MISSING" }] },
    });
  });

  it("breaks where a hash is altered or gone, or a change without its hash", async () => {
    await tamper(db, `update change_hash set hash = sha256('x') where revision = 4`);
    const { broken: altered } = await auditLog(db);
    expect(altered).toMatchObject({ kind: "HASH", revision: "4" });
    expect(altered!.message).toMatch(/and change 5 was chained to the former/);
    await tamper(db, `delete from change_hash where revision = 4`);
    expect(await broken()).toEqual(["UNHASHED", "4"]);
    await tamper(db, `delete from change where revision = 2`);
    expect(await auditLog(db)).toMatchObject({
      broken: { kind: "GAP", revision: "2", message: "change 2 is missing: only its hash is left" },
    });
  });

  it("breaks where rows belong to no change", async () => {
    await tamper(
      db,
      `insert into change_row (revision, subject, subject_id, after) values (9, 'entity', 1, '{}')`,
    );
    expect(await broken()).toEqual(["ORPHAN", "9"]);
  });

  it("names rows that were written past the log", async () => {
    await tamper(
      db,
      "update entity set name = 'Aliens!' where key = 'movie:aliens'",
      "insert into entity (id, key, type, name) overriding system value values (900, 'x', 'x', 'x')",
      "delete from triple where id = 7",
    );
    const { rows, count } = (await auditLog(db)).drift;
    expect(count).toBe(3);
    const [{ id }] = await db.query<{ id: string }>("select id from entity where key = 'movie:aliens'");
    expect(rows).toEqual([
      { subject: "entity", id, kind: "DIFFERENT", fields: ["name"] },
      { subject: "entity", id: "900", kind: "UNLOGGED", fields: [] },
      { subject: "triple", id: "7", kind: "MISSING", fields: [] },
    ]);
  });

  it("is what the migration makes of changes that were there before", async () => {
    const hashes = () =>
      db.query("select revision, encode(hash, 'hex') as hash from change_hash order by revision");
    const before = await hashes();
    const source = await openDataSource(db.url);
    const chained = async () =>
      (await source.query("select to_regclass('change_hash') as name"))[0].name !== null;
    while (await chained()) await source.undoLastMigration();
    await source.runMigrations();
    await source.destroy();
    expect(await hashes()).toEqual(before);
    expect(await auditLog(db)).toMatchObject({ changes: 7, broken: null });
  });

  it("is told by the command, which fails where it is broken", async () => {
    await tamper(db, `update change set actor = 'x' where revision = 2`);
    const { code, stdout } = await runWhygraph(["audit", "--log"], { DATABASE_URL: db.url });
    expect(code).toBe(1);
    expect(stdout).toMatch(/broken at change 2 \(CONTENT\)/);
  });

  it("goes on through many small reads", async () => {
    await change(
      db,
      "import",
      `insert into entity (key, type, name) select 'e' || i, 't', 'n' from generate_series(1, 2500) i`,
    );
    await change(db, "more", `update entity set name = 'm' where key = 'e1'`);
    expect(await auditLog(db)).toMatchObject({ changes: 9, rows: 50 + 2501, broken: null });
  });
});
