import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { auditLog } from "../../../src/kg/changes/chain/auditLog.ts";
import { findAnswers, type RequestKey } from "../../../src/kg/curation/idempotency.ts";
import { createCuration } from "../../../src/kg/curation/index.ts";
import { takeTurns } from "../../../src/kg/curation/takeTurns.ts";
import { type Database, openDatabase } from "../../../src/kg/database.ts";
import type { EditResult, Queryable } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { insertFilms } from "../../support/films.ts";

const actor = "curator";
const BRIEF = { brief: true, requestKey: null };
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

/** The number of its transaction for each change of this test. */
async function findTransactions(): Promise<number[]> {
  const rows = await db.query<{ n: number }>(
    "select dense_rank() over (order by tx)::int as n from change where revision > $1 order by revision",
    [first],
  );
  return rows.map(({ n }) => n);
}

it("gives a transaction of their own to edits that lock more, in their turn", async () => {
  const curation = createCuration(db);
  const create = (key: string) => curation.createEntity({ key, type: "movie", name: key }, { actor });
  const results = await Promise.all([
    ...[create("movie:a"), create("movie:b")],
    curation.deleteEntity({ key: "movie:alien-nation" }, { actor }), // unknown: no change
    curation.deleteEntity({ key: "movie:a" }, { actor, idempotencyKey: "k" }),
    ...[create("movie:c"), create("movie:d")],
  ]);
  expect(results.map(({ change }) => change && Number(change.revision) - first)).toEqual([
    ...[1, 2, null, 3, 4, 5],
  ]);
  expect(await findTransactions()).toEqual([1, 1, 2, 3, 3]);
  await expectSound(5);
});

describe("edits under idempotency keys", () => {
  const create = (on: Database, key: string, idempotencyKey?: string, name = key) =>
    createCuration(on).createEntity({ key, type: "movie", name }, { actor, idempotencyKey });
  const codes = (results: readonly EditResult<unknown>[]) =>
    results.map(({ change, problems }) => problems[0]?.code ?? Number(change!.revision) - first);

  it("share a transaction with others, and take as many statements for their keys as one", async () => {
    const before = db.statements;
    await Promise.all([create(db, "movie:a"), create(db, "movie:b"), create(db, "movie:c")]);
    const between = db.statements;
    const results = await Promise.all([
      ...[create(db, "movie:d"), create(db, "movie:e", "e"), create(db, "movie:f", "f")],
    ]);
    const after = db.statements;
    expect(after - between).toBe(between - before + 4); // the keys, their answers, the old ones, the new ones
    expect(codes(results)).toEqual([4, 5, 6]);
    expect(await findTransactions()).toEqual([1, 1, 1, 2, 2, 2]);
    expect(await Promise.all([create(db, "movie:e", "e"), create(db, "movie:f", "f")])).toEqual(
      results.slice(1),
    );
    await expectSound(6);
  });

  it("are made once where they ask for the same, and refused where they ask for something else", async () => {
    const results = await Promise.all([
      ...[create(db, "movie:a", "k"), create(db, "movie:a", "k"), create(db, "movie:b", "k")],
      ...[create(db, "movie:a", "k", "A"), create(db, "movie:a", "other"), create(db, "movie:c", "c")],
    ]);
    const reused = "IDEMPOTENCY_KEY_REUSED";
    expect(codes(results)).toEqual([1, 1, reused, reused, "KEY_TAKEN", 2]);
    expect(results[1]).toEqual(results[0]);
    expect(await findTransactions()).toEqual([1, 1]);
    expect(await create(db, "movie:a", "k")).toEqual(results[0]);
    await expectSound(2);
  });

  it("keep nothing where they fail, so that the next under the key is made", async () => {
    const triple = { head: "movie:later", relation: "related_to", tail: "movie:alien" };
    const add = () => createCuration(db).addTriple(triple, { actor, idempotencyKey: "t" });
    const results = await Promise.all([
      ...[create(db, "movie:alien", "k"), create(db, "movie:a", "k"), add()],
      ...[create(db, "movie:later", "l"), add(), add()],
    ]);
    expect(codes(results)).toEqual(["KEY_TAKEN", 1, "UNKNOWN_ENTITY", 2, 3, 3]);
    expect(await findTransactions()).toEqual([1, 1, 1]);
    const kept = await db.query<{ key: string }>("select key from idempotency order by key");
    expect(kept.map(({ key }) => key)).toEqual(["k", "l", "t"]);
    await expectSound(3);
  });

  it("are made once by two processes that ask for the same in another order", async () => {
    const keys = Array.from({ length: 12 }, (_, i) => `movie:both-${i}`);
    const other = await openOther();
    for (let round = 0; round < 6; round++) {
      const ask = (on: Database, key: string) => create(on, `${key}-${round}`, `${key}-${round}`);
      const [ours, theirs] = await Promise.all([
        Promise.all(keys.map((key) => ask(db, key))),
        Promise.all(keys.toReversed().map((key) => ask(other, key))),
      ]);
      expect(theirs.toReversed()).toEqual(ours);
      expect(ours.flatMap(({ problems }) => problems)).toEqual([]);
    }
    await expectSound(72);
  });

  it("take their keys in one order, so that two processes never wait for each other", async () => {
    const keys = Array.from({ length: 12 }, (_, i) => ({ actor, key: `k${i}`, request: "" }));
    const holder = await openOther();
    const taken = (asked: readonly RequestKey[]) =>
      holder.transaction(async (tx) => {
        await findAnswers(tx, [keys[6]]);
        const all = db.transaction((mine) => findAnswers(mine, asked));
        const locks = await waitForLock(
          "select objid from pg_locks where locktype = 'advisory' and granted order by objid",
        );
        await tx.query("rollback");
        await all;
        return locks;
      });
    const inOrder = await taken(keys);
    expect(inOrder.length).toBeLessThan(12);
    expect(await taken(keys.toReversed())).toEqual(inOrder);
    expect(await taken([...keys.slice(5), ...keys.slice(0, 5)])).toEqual(inOrder);
  });

  it("wait for one who drops their old answers before they hold the graph, which he may need", async () => {
    await create(db, "movie:old", "k");
    await db.query("update idempotency set created_at = now() - interval '25 hours'");
    const other = await openOther();
    let begin = () => {};
    const dropped = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const dropping = takeTurns(
      other,
      async (tx) => {
        begin();
        await waitForLock();
        await tx.query("select open_change('test', 'dropping')");
      },
      { brief: true, requestKey: { actor, key: "another", request: "" } },
    );
    await dropped;
    const result = await create(db, "movie:new", "k");
    await dropping;
    expect(codes([result])).toEqual([3]);
  });
});

/** Opens the database once more, as another process does. */
async function openOther(): Promise<Database> {
  const other = await openDatabase(db.url, { migrate: false });
  onTestFinished(() => other.close());
  return other;
}

/** Waits until a connection waits for another; gives what `query` finds then. */
async function waitForLock(query = "select 1"): Promise<unknown[]> {
  for (;;) {
    const waiting = await db.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (waiting.length > 0) return db.query(query);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
