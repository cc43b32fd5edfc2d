import { afterEach, describe, expect, it, vi } from "vitest";
import { createCuration } from "../../../src/kg/curation/index.ts";
import type { Database } from "../../../src/kg/database.ts";
import { readHistories } from "../../../src/kg/models/readHistories.ts";
import { storeModel } from "../../../src/kg/models/storeModel.ts";
import { loadSnapshot } from "../../../src/kg/snapshot/loadSnapshot.ts";
import type { NewInteraction } from "../../../src/kg/types.ts";
import { type OpenLiveCounts, openLiveCounts } from "../../../src/openLiveCounts.ts";
import { bindLiveCounts } from "../../../src/ranker/behaviour/bindLiveCounts.ts";
import { SHARE_UNIT } from "../../../src/ranker/behaviour/LiveCounts.ts";
import { createTestDatabase } from "../../support/database.ts";
import { type Films, insertFilms } from "../../support/films.ts";

const opened: OpenLiveCounts[] = [];
afterEach(async () => {
  for (const live of opened.splice(0)) await live.close();
});

async function open(db: Database, model: string, options = {}): Promise<OpenLiveCounts> {
  const live = await openLiveCounts(db, model, { pollMs: 60_000, ...options }); // the notices alone
  opened.push(live);
  return live;
}

/** Stores a model of no content that has seen what `seen` says, or all that is committed. */
async function store(db: Database, seen?: string): Promise<string> {
  const data = {} as Parameters<typeof storeModel>[1]["data"];
  const model = { config: {}, configDigest: "", dataRevision: "0", interactions: 0, metrics: {}, data };
  return (await storeModel(db, { ...model, artifact: Buffer.of(), digest: "", seen })).id;
}

async function openFilms() {
  const db = await createTestDatabase();
  const films = await insertFilms(db);
  const curation = createCuration(db);
  const record = (...rows: NewInteraction[]) => curation.recordInteractions(rows, { actor: "shop" });
  return { db, films, curation, record };
}

const idOf = (films: Films, film: string) => Number(films.entities[`movie:${film}`]);

/** The shares of some films among each other, in units of one user with two items (½). */
function readShares({ counts }: OpenLiveCounts, films: Films): Record<string, number> {
  const names = Object.keys(films.entities).filter((key) => key.startsWith("movie:"));
  const entries = names.flatMap((from) =>
    names.map((to): [string, number] => {
      const share = counts.sharesOf(Number(films.entities[from]))?.get(Number(films.entities[to])) ?? 0;
      return [`${from.slice(6)}→${to.slice(6)}`, Math.round((share / SHARE_UNIT) * 1e6) / 1e6];
    }),
  );
  return Object.fromEntries(entries.filter(([, share]) => share !== 0));
}

describe("live counts of a database", () => {
  it("begin empty, and hold what anybody recorded a moment later, in every process", async () => {
    const { db, films, record } = await openFilms(); // ann: Alien, Blade Runner; ben: Aliens, Terminator, Titanic
    const model = await store(db);
    const [one, two] = [await open(db, model), await open(db, model)];
    expect(readShares(one, films)).toEqual({});
    const times: number[] = [];
    const films2 = ["titanic", "gladiator", "aliens"];
    for (const [at, film] of films2.entries()) {
      await record({ user: "ann", item: `movie:${film}` });
      const committed = performance.now();
      await vi.waitFor(
        () => {
          for (const live of [one, two]) expect(live.counts.newUsersOf(idOf(films, film))).toBe(1);
        },
        { interval: 1, timeout: 3_000 },
      );
      times[at] = performance.now() - committed;
    }
    console.log(`commit to counted in both: ${times.map((ms) => ms.toFixed(1)).join(", ")} ms`);
    // ann's third, fourth and fifth film: shares of 1/3, 1/4 and 1/5 with each one before.
    const expected = {
      ...pairs(["alien", "blade-runner"], "titanic", 0.333333),
      ...pairs(["alien", "blade-runner", "titanic"], "gladiator", 0.25),
      ...pairs(["alien", "blade-runner", "titanic", "gladiator"], "aliens", 0.2),
    };
    expect(readShares(one, films)).toEqual(expected);
    expect(readShares(two, films)).toEqual(expected);
    // A process that starts now reads the same.
    expect(readShares(await open(db, model), films)).toEqual(expected);
  });

  it("settle before the next answer of the process that recorded", async () => {
    const { db, films, record } = await openFilms();
    const live = await open(db, await store(db));
    await record({ user: "ann", item: "movie:titanic" });
    await live.settle();
    expect(live.counts.newUsersOf(idOf(films, "titanic"))).toBe(1);
  });

  it("take in what commits late although its id came first", async () => {
    const { db, films, record } = await openFilms();
    const model = await store(db);
    const live = await open(db, model);
    await db.transaction(async (slow) => {
      await slow.query(
        `insert into interaction (user_key, item_id) select 'ann', id from entity where key = 'movie:titanic'`,
      );
      await record({ user: "ann", item: "movie:gladiator" });
      await live.settle();
      expect(live.counts.newUsersOf(idOf(films, "titanic"))).toBe(0);
      expect(readShares(live, films)["alien→gladiator"]).toBe(0.333333);
    });
    await live.settle();
    // Titanic has the lower id, so it is ann's third film and Gladiator her fourth.
    expect(readShares(live, films)["alien→titanic"]).toBe(0.333333);
    expect(readShares(live, films)["alien→gladiator"]).toBe(0.25);
    expect(readShares(live, films)).toEqual(readShares(await open(db, model), films));
  });

  it("count what a training did not read, though it was written before the model was stored", async () => {
    const { db, films, record } = await openFilms();
    await record({ user: "ann", item: "movie:aliens" });
    const { seen } = await readHistories(db, await loadSnapshot(db));
    await record({ user: "ann", item: "movie:titanic" });
    const live = await open(db, await store(db, seen));
    expect(live.counts.newUsersOf(idOf(films, "aliens"))).toBe(0);
    expect(live.counts.newUsersOf(idOf(films, "titanic"))).toBe(1);
    // Alien, Blade Runner, Aliens, then Titanic.
    expect(readShares(live, films)["aliens→titanic"]).toBe(0.25);
    await live.follow(await store(db));
    expect(readShares(live, films)).toEqual({});
    await live.follow("999");
    await record({ user: "ann", item: "movie:gladiator" });
    await live.settle();
    expect(readShares(live, films)).toEqual({});
  });

  it("forget who is forgotten, in every process, and what else is removed", async () => {
    const { db, films, record, curation } = await openFilms();
    const model = await store(db);
    const [one, two] = [await open(db, model), await open(db, model)];
    await record({ user: "ann", item: "movie:titanic" }, { user: "ben", item: "movie:alien" });
    await Promise.all([one.settle(), two.settle()]);
    await curation.forgetUser("ben");
    await Promise.all([one.settle(), two.settle()]);
    for (const live of [one, two]) {
      expect(readShares(live, films)).toEqual(pairs(["alien", "blade-runner"], "titanic", 0.333333));
      expect(live.counts.newUsersOf(idOf(films, "alien"))).toBe(0);
    }
    await db.query("truncate interaction");
    await one.settle();
    expect(one.counts.entries).toBe(0);
  });

  it("hear of what an import writes, whose session skips triggers", async () => {
    const { db, films } = await openFilms();
    const live = await open(db, await store(db));
    await db.transaction(async (tx) => {
      await tx.query("set local session_replication_role = replica");
      await tx.query(
        `insert into interaction (user_key, item_id) select 'ann', id from entity where key = 'movie:titanic'`,
      );
    });
    await vi.waitFor(() => expect(live.counts.newUsersOf(idOf(films, "titanic"))).toBe(1), 3_000);
  });

  it("recover when their connection is killed", async () => {
    const { db, films, record } = await openFilms();
    const live = await open(db, await store(db));
    await db.query(`select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'whygraph feed'`);
    await record({ user: "ann", item: "movie:titanic" });
    await vi.waitFor(() => expect(live.counts.newUsersOf(idOf(films, "titanic"))).toBe(1), 5_000);
    expect(live.problem).toBeNull();
  });

  it("read in pages from the newest on, and no further than they can hold", async () => {
    const { db, films } = await openFilms();
    const model = await store(db);
    await db.query(`insert into interaction (user_key, item_id)
      select 'user ' || n, e.id from generate_series(1, 1200) n, entity e where e.key in ('movie:alien', 'movie:titanic')`);
    const all = await open(db, model);
    expect(all.counts.newUsersOf(idOf(films, "titanic"))).toBe(1200);
    expect(readShares(all, films)).toEqual(pairs(["alien"], "titanic", 600));
    // 1,000 users take 2 items each, and all of them 2 cells together.
    const bounded = await open(db, model, { mostEntries: 2_002 });
    expect(bounded.counts.users).toBe(1_000);
    const dropped = await db.query<{ id: number }>(
      `select max(id)::int as id from interaction where user_key = 'user 200'`,
    );
    expect(bounded.counts.floor).toBe(dropped[0].id);
  });

  it("weigh as a source of a graph by the popularity of both ends", async () => {
    const { db, films, record } = await openFilms();
    const live = await open(db, await store(db));
    const graph = await loadSnapshot(db);
    const [alien, titanic] = ["alien", "titanic"].map((film) =>
      graph.indexOf(films.entities[`movie:${film}`]),
    );
    const source = bindLiveCounts(() => live.counts, graph, {
      ...{ name: "live", halfLife: null, discount: 0.5, scale: 6 },
      interactionsOf: (index) => (index === alien ? 4 : index === titanic ? 8 : 1),
    });
    expect(source.neighboursOf(alien).end).toBe(0);
    await record({ user: "ann", item: "movie:titanic" });
    await live.settle();
    // Share 1/3, n = 4 and 8 + 1: 6 · 1/3 / √(4·9) = 1/3.
    const { items, values, start, end } = source.neighboursOf(alien);
    expect([...items.subarray(start, end)]).toEqual([titanic]);
    expect(values[0]).toBeCloseTo(1 / 3, 5);
    expect(source.similarityOf(alien, titanic)).toBe(values[0]);
    expect(source.similarityOf(alien, alien)).toBe(0);
    const row = source.neighboursOf(titanic);
    expect([...row.items]).toEqual([...row.items].sort((a, b) => a - b));
    expect(row.end).toBe(2);
  });
});

function pairs(before: readonly string[], film: string, share: number): Record<string, number> {
  return Object.fromEntries(
    before.flatMap((other) => [
      [`${other}→${film}`, share],
      [`${film}→${other}`, share],
    ]),
  );
}
