import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createCuration } from "../../../src/kg/curation/index.ts";
import type { Database } from "../../../src/kg/database.ts";
import { createFeedback } from "../../../src/kg/feedback/createFeedback.ts";
import { HistoryCache, type Kept } from "../../../src/kg/interactions/HistoryCache.ts";
import { findSeenHistory } from "../../../src/kg/queries/findSeenHistory.ts";
import { createTestDatabase } from "../../support/database.ts";
import { insertFilms } from "../../support/films.ts";

let db: Database;
let cache: HistoryCache<Kept>;
const read = vi.fn(
  async (user: string): Promise<Kept> => ({ items: (await findSeenHistory(db, user)).rows }),
);

beforeEach(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  read.mockClear();
  cache = await HistoryCache.open(db, { read });
});

afterEach(() => cache.close());

const countItems = async (user: string) => (await cache.find(user)).items.length;

/** What somebody else writes: the cache hears of it by the notice alone. */
function rate(user: string, item: string) {
  return createCuration(db).recordInteractions(
    [{ user, item, kind: "rating", weight: 5, at: new Date("2026-01-01T00:00:00Z") }],
    { actor: "test" },
  );
}

it("asks Postgres once for a user, also when many ask at the same time", async () => {
  const counts = await Promise.all(Array.from({ length: 8 }, () => countItems("dave")));
  expect(new Set(counts).size).toBe(1);
  expect(await countItems("dave")).toBe(counts[0]);
  expect(read).toHaveBeenCalledTimes(1);
});

it("gives what was recorded elsewhere within a moment, and keeps everybody else", async () => {
  expect([await countItems("dave"), await countItems("erin")]).toEqual([0, 0]);
  await rate("dave", "movie:alien");
  await vi.waitFor(async () => expect(await countItems("dave")).toBe(1), { interval: 5, timeout: 10_000 });
  const before = read.mock.calls.length;
  expect(await countItems("erin")).toBe(0);
  expect(read).toHaveBeenCalledTimes(before);
});

it("drops of what was said by feedback the user who said it, and keeps everybody else", async () => {
  await Promise.all([cache.find("dave"), cache.find("erin")]);
  const dave = await cache.find("dave");
  const said = {
    user: "dave",
    kind: "EXCLUDE",
    entity: "movie:alien",
    relation: null,
    factor: null,
  } as const;
  expect((await createFeedback(db).add(said, {})).problems).toEqual([]);
  await vi.waitFor(async () => expect(await cache.find("dave")).not.toBe(dave), {
    interval: 5,
    timeout: 10_000,
  });
  const before = read.mock.calls.length;
  await cache.find("erin");
  expect(read).toHaveBeenCalledTimes(before);
});

it("drops everybody where the users are too many to be named, and what was erased", async () => {
  expect(await countItems("u3")).toBe(0);
  const rows = Array.from({ length: 20 }, (_, at) => ({
    ...{ user: `u${at}`, item: "movie:alien", kind: "view", weight: 1, at: null },
  }));
  await createCuration(db).recordInteractions(rows, { actor: "test" });
  await vi.waitFor(async () => expect(await countItems("u3")).toBe(1), { interval: 5, timeout: 10_000 });
  await createCuration(db).forgetUser("u3");
  await vi.waitFor(async () => expect(await countItems("u3")).toBe(0), { interval: 5, timeout: 10_000 });
});

it("shows a write of one's own at once when it is told of it", async () => {
  expect(await countItems("dave")).toBe(0);
  await rate("dave", "movie:alien");
  cache.forget("dave");
  expect(await countItems("dave")).toBe(1);
});

it("keeps no reading that was under way while something happened", async () => {
  let go = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  read.mockImplementationOnce(async (user) => {
    const { rows } = await findSeenHistory(db, user);
    answer();
    await gate;
    return { items: rows };
  });
  const old = cache.find("dave");
  await answered; // its reader waits
  await rate("dave", "movie:alien");
  // Who asks before the notice comes waits for that reading; who asks after it, for one that begins then.
  await vi.waitFor(() => expect(cache.find("dave")).not.toBe(old), { interval: 5, timeout: 10_000 });
  expect(await countItems("dave")).toBe(1);
  go();
  expect((await old).items).toEqual([]);
  expect(await countItems("dave")).toBe(1);
});

it("asks each time while nobody hears the notices, and trusts nothing from before", async () => {
  expect(await countItems("dave")).toBe(0);
  await db.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'whygraph feed' and datname = current_database()`,
  );
  await rate("dave", "movie:alien");
  await vi.waitFor(async () => expect(await countItems("dave")).toBe(1), { interval: 5, timeout: 10_000 });
  await vi.waitFor(
    async () => {
      const before = read.mock.calls.length;
      expect([await countItems("dave"), await countItems("dave")]).toEqual([1, 1]);
      expect(read.mock.calls.length - before).toBeLessThan(2); // listening again, it keeps again
    },
    { timeout: 5_000, interval: 50 },
  );
});
