import { afterEach, expect, it, vi } from "vitest";
import type { Database } from "../../../src/kg/database.ts";
import { loadSnapshot } from "../../../src/kg/snapshot/loadSnapshot.ts";
import {
  type LiveOptions,
  type LiveSnapshot,
  openLiveSnapshot,
} from "../../../src/kg/snapshot/openLiveSnapshot.ts";
import { createTestDatabase } from "../../support/database.ts";
import { describeGraph } from "./describeGraph.ts";

const opened: LiveSnapshot[] = [];
afterEach(async () => {
  for (const live of opened.splice(0)) await live.close();
});

async function open(database: Database, options?: LiveOptions): Promise<LiveSnapshot> {
  const live = await openLiveSnapshot(database, options);
  opened.push(live);
  return live;
}

/** Commits `statements` as one change and gives its revision. */
async function commit(database: Database, ...statements: string[]): Promise<string> {
  return database.transaction(async (db) => {
    const [{ revision }] = await db.query<{ revision: string }>(
      `select open_change('test', 'tester') as revision`,
    );
    for (const statement of statements) await db.query(statement);
    return revision;
  });
}

const RELATION = `insert into relation (key, label) values ('directedBy', 'directed by')`;
const films = (from: number, to: number) => `
  insert into entity (key, type, name, is_item)
  select 'movie:' || i, 'movie', 'Film ' || i, true from generate_series(${from}, ${to}) i`;
const triple = (head: number, tail: number) => `
  insert into triple (head_id, relation_id, tail_id) select h.id, r.id, t.id from entity h, relation r, entity t
   where h.key = 'movie:${head}' and t.key = 'movie:${tail}' and r.key = 'directedBy'`;

it("shows a committed change in every process's snapshot well under a second, without a reload", async () => {
  const database = await createTestDatabase();
  await commit(database, RELATION, films(1, 50));
  const [one, two] = [await open(database), await open(database)];
  const statements = database.statements;
  const times: number[] = [];
  for (let i = 1; i < 50; i++) {
    const revision = await commit(database, triple(i, i + 1));
    const committed = performance.now();
    await Promise.all([one.waitFor(revision, 2_000), two.waitFor(revision, 2_000)]);
    times.push(performance.now() - committed);
  }
  times.sort((a, b) => a - b);
  console.log(
    `commit to visible in both: median ${times[24].toFixed(1)} ms, worst ${times[48].toFixed(1)} ms`,
  );
  expect(times[48]).toBeLessThan(900);
  const fresh = describeGraph(await loadSnapshot(database));
  for (const live of [one, two]) {
    expect(describeGraph(live.graph)).toEqual(fresh);
    expect(live.stats).toMatchObject({ revision: "50", reloads: 0, connected: true, problem: null });
    expect(live.stats.stalenessMs).toBeLessThan(900);
  }
  expect(fresh.triples).toBe(49);
  expect(database.statements - statements).toBe(49 * 2); // the feed reads on a connection of its own
});

it("does not show a change that is open or rolled back", async () => {
  const database = await createTestDatabase();
  const live = await open(database, { pollMs: 20 });
  const undone = database.transaction(async (db) => {
    await db.query(`select open_change('test', 'tester')`);
    await db.query(films(1, 1));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(live.graph.revision).toBe("0");
    throw new Error("undo");
  });
  await expect(undone).rejects.toThrow("undo");
  const revision = await commit(database, films(2, 2));
  await live.waitFor(revision, 2_000);
  expect([revision, live.graph.size]).toEqual(["1", 1]);
});

it("recovers when its connection is killed and reads what it missed", async () => {
  const database = await createTestDatabase();
  await commit(database, RELATION, films(1, 3));
  const live = await open(database, { pollMs: 60_000 }); // the notices alone
  const models: string[] = [];
  live.onModelChange((model) => models.push(model));
  for (const [head, tail] of [
    [1, 2],
    [2, 3],
  ]) {
    const killed = await database.query(`
      select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'whygraph feed'`);
    expect(killed).toHaveLength(1);
    const missed = await commit(database, triple(head, tail));
    await live.waitFor(missed, 5_000);
    expect(live.graph.revision).toBe(missed);
    await vi.waitFor(() => expect(live.stats.connected).toBe(true));
    const seen = await commit(database, films(10 + head, 10 + head));
    await live.waitFor(seen, 2_000);
  }
  expect(describeGraph(live.graph)).toEqual(describeGraph(await loadSnapshot(database)));
  expect(live.stats.reloads).toBe(0);
});

it("finds by its poll what no notice told", async () => {
  const database = await createTestDatabase();
  const live = await open(database, { pollMs: 50 });
  await database.query(`alter function open_change(text, text, text) rename to announced`);
  await database.transaction(async (db) => {
    await db.query(`update graph set revision = 1`);
    await db.query(`insert into change (revision, kind, actor) values (1, 'quiet', 'tester')`);
    await db.query(`select set_config('whygraph.change', '1', true)`);
    await db.query(films(1, 1));
  });
  await live.waitFor("1", 2_000);
  expect(live.graph.size).toBe(1);
});

it("loads anew where a change is too large to apply, and where an entity comes back unknown", async () => {
  const database = await createTestDatabase();
  await commit(database, RELATION, films(1, 5), `delete from entity where key = 'movie:2'`);
  const live = await open(database, { reloadAbove: 10 });
  const seen: [string, boolean][] = [];
  live.onChange((graph, reloaded) => seen.push([graph.revision, reloaded]));
  const first = live.graph;
  await live.waitFor(await commit(database, films(6, 15)), 2_000); // 10 rows
  expect(live.graph).toBe(first);
  await live.waitFor(await commit(database, films(16, 26)), 2_000); // 11 rows
  expect(live.graph).not.toBe(first);
  const back = `insert into entity (id, key, type, name) overriding system value values (2, 'movie:2', 'movie', '')`;
  await live.waitFor(await commit(database, back), 2_000);
  expect(live.stats.reloads).toBe(2);
  expect(seen).toEqual([
    ["2", false],
    ["3", true],
    ["4", true],
  ]);
  expect(describeGraph(live.graph)).toEqual(describeGraph(await loadSnapshot(database)));
});

it("tells when another model is activated, once, also when the notice was missed", async () => {
  const database = await createTestDatabase();
  const model = `insert into model (config, config_digest, data_revision, interactions, artifact, digest)
    values ('{}', '', 0, 0, '', '') returning id::text`;
  const [{ id: first }] = await database.query<{ id: string }>(model);
  const [{ id: second }] = await database.query<{ id: string }>(model);
  const live = await open(database, { pollMs: 50 });
  const models: string[] = [];
  live.onModelChange((id) => models.push(id));
  await database.query(`insert into active_model (model_id) values ($1)`, [first]);
  await vi.waitFor(() => expect(models).toEqual([first]));
  await database.query(`drop trigger active_model_announce on active_model`);
  await database.query(`update active_model set model_id = $1`, [second]);
  await vi.waitFor(() => expect(models).toEqual([first, second]));
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(models).toEqual([first, second]);
});

it("says why it cannot wait: a malformed revision, time, or its end", async () => {
  const database = await createTestDatabase();
  const live = await open(database);
  for (const revision of ["", "x", "-1", "1.5", "9223372036854775808", "1e3"]) {
    await expect(live.waitFor(revision, 10)).rejects.toMatchObject({
      code: "BAD_USER_INPUT",
      message: `"${revision}" is no revision; expected a decimal number from 0 to 9223372036854775807`,
    });
  }
  await live.waitFor("0", 10);
  await expect(live.waitFor("5", 30)).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: "the graph is at revision 0 after waiting 30 ms; expected revision 5 or newer",
  });
  const waiting = expect(live.waitFor("5", 10_000)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await live.close();
  await waiting;
});

it("survives a notice that is not its own, and writes that come while it catches up", async () => {
  const database = await createTestDatabase();
  await commit(database, RELATION, films(1, 40));
  const live = await open(database);
  for (const payload of ["nonsense", "null", "[]", '{"revision": 7}']) {
    await database.query(`select pg_notify('whygraph', $1)`, [payload]);
  }
  const revisions = await Promise.all(
    Array.from({ length: 39 }, (_, i) => commit(database, triple(i + 1, i + 2))),
  );
  const last = revisions.reduce((a, b) => (BigInt(a) > BigInt(b) ? a : b));
  await live.waitFor(last, 2_000);
  expect(live.graph.tripleCount).toBe(39);
  expect(describeGraph(live.graph)).toEqual(describeGraph(await loadSnapshot(database)));
});
