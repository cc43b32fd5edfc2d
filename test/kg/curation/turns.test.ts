import { beforeEach, expect, it } from "vitest";
import { auditLog } from "../../../src/kg/changes/chain/auditLog.ts";
import { createCuration } from "../../../src/kg/curation/index.ts";
import { takeTurns } from "../../../src/kg/curation/takeTurns.ts";
import type { Database } from "../../../src/kg/database.ts";
import type { Queryable } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { insertFilms } from "../../support/films.ts";

const actor = "curator";
const BRIEF = { brief: true, alone: false };
let db: Database;
let first: number;
beforeEach(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  first = await findRevision();
});

async function findRevision(): Promise<number> {
  const [{ revision }] = await db.query<{ revision: string }>("select revision from graph");
  return Number(revision);
}

/** Writes one entity in a change of its own. */
function write(key: string, then: (tx: Queryable) => Promise<unknown> = async () => undefined) {
  return takeTurns(
    db,
    async (tx) => {
      await tx.query("select open_change('test', $1)", [key]);
      await tx.query("insert into entity (key, type, name) values ($1, 'movie', $1)", [key]);
      await then(tx);
      return key;
    },
    BRIEF,
  );
}

/** The changes of this test in their order, with a number for each transaction, and what they wrote. */
async function findWritten() {
  return db.query<{ actor: string; transaction: number; key: string }>(
    `select c.actor, dense_rank() over (order by c.tx)::int as transaction, r.after->>'key' as key
       from change c join change_row r using (revision) where c.revision > $1 order by c.revision`,
    [first],
  );
}

async function expectSound(changes: number): Promise<void> {
  expect(await findRevision()).toBe(first + changes);
  const { broken, drift } = await auditLog(db);
  expect([broken, drift.rows]).toEqual([null, []]);
}

it("lets edits that are asked for at once share transactions of 16, each a change of its own, in their order", async () => {
  const keys = Array.from({ length: 20 }, (_, i) => `movie:turn-${i}`);
  expect(await Promise.all(keys.map((key) => write(key)))).toEqual(keys);
  expect(await findWritten()).toEqual(
    keys.map((key, i) => ({ actor: key, key, transaction: i < 16 ? 1 : 2 })),
  );
  await expectSound(20);
});

it("undoes one that fails, and lets those beside it stand", async () => {
  const fail = async (tx: Queryable) => void (await tx.query("select 1 / 0"));
  const results = await Promise.allSettled([write("movie:a"), write("movie:b", fail), write("movie:c")]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(String((results[1] as PromiseRejectedResult).reason)).toContain("division by zero");
  const written = await findWritten();
  expect(written.map(({ key, transaction }) => [key, transaction])).toEqual([
    ["movie:a", 1],
    ["movie:c", 1],
  ]);
  await expectSound(2);
});

it("lets an edit see those before it, and gives a refused one no revision", async () => {
  const curation = createCuration(db);
  const create = (key: string, dryRun = false) =>
    curation.createEntity({ key, type: "movie", name: key }, { actor, dryRun });
  const results = await Promise.all([
    create("movie:a"),
    create("movie:a"),
    create("movie:b", true),
    curation.updateEntity({ key: "movie:a" }, { name: "A" }, { actor, expectedRevision: 1 }),
    curation.addTriple({ head: "movie:a", relation: "related_to", tail: "movie:alien" }, { actor }),
  ]);
  expect(results.map(({ change, problems }) => change?.revision ?? problems[0]?.code ?? "nothing")).toEqual([
    String(first + 1),
    "KEY_TAKEN",
    "nothing",
    String(first + 2),
    String(first + 3),
  ]);
  expect(results.map(({ graphRevision }) => Number(graphRevision) - first)).toEqual([1, 3, 3, 2, 3]);
  await expectSound(3);
});

it("writes none where their commit fails", async () => {
  const spoil = async (tx: Queryable) =>
    void (await tx.query("insert into change_hash values (current_change(), sha256(''))")); // the true one comes later
  const results = await Promise.allSettled([write("movie:a"), write("movie:b", spoil), write("movie:c")]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  await expectSound(0);
});

it("makes each anew, once, where the connection is lost before the commit", async () => {
  let losses = 0;
  const lose = async (tx: Queryable) => {
    if (losses++ === 0) await tx.query("select pg_terminate_backend(pg_backend_pid())");
  };
  const keys = await Promise.all([write("movie:a"), write("movie:b", lose), write("movie:c")]);
  expect(keys).toEqual(["movie:a", "movie:b", "movie:c"]);
  const written = await findWritten();
  expect(written.map(({ key, transaction }) => [key, transaction])).toEqual([
    ["movie:a", 1],
    ["movie:b", 2],
    ["movie:c", 3],
  ]);
  await expectSound(3);
});

it("gives a transaction of their own to edits that lock more, in their turn", async () => {
  const curation = createCuration(db);
  const create = (key: string, idempotencyKey?: string) =>
    curation.createEntity({ key, type: "movie", name: key }, { actor, idempotencyKey });
  const results = await Promise.all([
    ...[create("movie:a"), create("movie:b"), create("movie:k", "k"), create("movie:c"), create("movie:d")],
    curation.deleteEntity({ key: "movie:a" }, { actor }),
  ]);
  const transactions = await db.query<{ n: number }>(
    "select dense_rank() over (order by tx)::int as n from change where revision > $1 order by revision",
    [first],
  );
  expect(results.map(({ change }) => Number(change!.revision) - first)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(transactions.map(({ n }) => n)).toEqual([1, 1, 2, 3, 3, 4]);
  await expectSound(6);
});
