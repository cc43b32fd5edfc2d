import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LiveCounts, type LiveHistory, SHARE_UNIT } from "../../../src/ranker/behaviour/LiveCounts.ts";
import { makeRandom } from "../../../src/ranker/random.ts";

const [ALIEN, BLADE_RUNNER, CASABLANCA, DUNE] = [11, 22, 33, 44];

/** A history of [id, item, fresh] rows. */
function history(user: string, ...rows: readonly (readonly [number, number, boolean])[]): LiveHistory {
  return {
    user,
    ids: rows.map(([id]) => id),
    items: rows.map(([, item]) => item),
    fresh: rows.map(([, , fresh]) => fresh),
  };
}

/** All that counts hold, in one order. */
function describeCounts(counts: LiveCounts, items: readonly number[]) {
  return {
    shares: items.flatMap((item) =>
      [...(counts.sharesOf(item) ?? [])]
        .sort(([a], [b]) => a - b)
        .map(([other, share]) => `${item}→${other} ${share}`),
    ),
    newUsers: items.map((item) => counts.newUsersOf(item)),
    users: counts.users,
    entries: counts.entries,
  };
}

describe("live counts", () => {
  it("share 1/n between the n-th item of a user and each before it, in both directions", () => {
    const counts = new LiveCounts();
    // The model knows Alien and Blade Runner; Casablanca is the third: 1/3 each. Then Dune, the fourth: 1/4 each.
    counts.record(
      history("ann", [1, ALIEN, false], [2, BLADE_RUNNER, false], [3, CASABLANCA, true], [4, DUNE, true]),
    );
    const third = Math.round(SHARE_UNIT / 3);
    expect(counts.sharesOf(CASABLANCA)).toEqual(
      new Map([
        [ALIEN, third],
        [BLADE_RUNNER, third],
        [DUNE, SHARE_UNIT / 4],
      ]),
    );
    expect(counts.sharesOf(ALIEN)).toEqual(
      new Map([
        [CASABLANCA, third],
        [DUNE, SHARE_UNIT / 4],
      ]),
    );
    expect([ALIEN, CASABLANCA, DUNE].map((item) => counts.newUsersOf(item))).toEqual([0, 1, 1]);
    // 4 items of the user; 2 + 3 pairs of 2 cells.
    expect(counts.entries).toBe(4 + 10);
    // A second user adds to a cell that is there: Dune is her second, ½.
    counts.record(history("ben", [5, CASABLANCA, false], [6, DUNE, true]));
    expect(counts.sharesOf(DUNE)?.get(CASABLANCA)).toBe(SHARE_UNIT / 4 + SHARE_UNIT / 2);
    expect(counts.newUsersOf(DUNE)).toBe(2);
  });

  it("count a user's item once, by its first interaction", () => {
    const counts = new LiveCounts();
    counts.record(history("ann", [1, ALIEN, false], [2, DUNE, true], [3, ALIEN, true], [4, DUNE, true]));
    expect([ALIEN, DUNE].map((item) => counts.newUsersOf(item))).toEqual([0, 1]);
    expect(counts.sharesOf(DUNE)).toEqual(new Map([[ALIEN, SHARE_UNIT / 2]]));
    const { version } = counts;
    counts.record(history("ann", [1, ALIEN, false], [2, DUNE, true], [3, ALIEN, true], [4, DUNE, true]));
    expect(counts.version).toBe(version);
  });

  it("pair a new item with no more than the window before it", () => {
    const counts = new LiveCounts({ window: 1 });
    counts.record(history("ann", [1, ALIEN, false], [2, BLADE_RUNNER, false], [3, DUNE, true]));
    expect(counts.sharesOf(DUNE)).toEqual(new Map([[BLADE_RUNNER, Math.round(SHARE_UNIT / 3)]]));
  });

  it("hold nothing more of a user who is forgotten", () => {
    const counts = new LiveCounts();
    counts.record(history("ann", [1, ALIEN, false], [3, DUNE, true]));
    counts.record(history("ben", [2, ALIEN, false], [4, DUNE, true], [5, CASABLANCA, true]));
    counts.forget("ben");
    const alone = new LiveCounts();
    alone.record(history("ann", [1, ALIEN, false], [3, DUNE, true]));
    const items = [ALIEN, DUNE, CASABLANCA];
    expect(describeCounts(counts, items)).toEqual(describeCounts(alone, items));
    counts.forget("ann");
    counts.forget("nobody");
    expect(describeCounts(counts, items)).toEqual(describeCounts(new LiveCounts(), items));
  });

  it("drop the oldest interactions where there are too many, and never come back to them", () => {
    // Each user takes 2 items and 2 cells of a pair of their own: 4 entries, so two users fit.
    const counts = new LiveCounts({ mostEntries: 8 });
    const users = [1, 2, 3].map((n) => history(`u${n}`, [n, 10 * n, false], [10 + n, 10 * n + 1, true]));
    for (const user of users) counts.record(user);
    expect(counts.floor).toBe(11);
    expect(counts.entries).toBe(8);
    expect(counts.sharesOf(10)).toBeUndefined();
    expect(counts.sharesOf(20)?.get(21)).toBe(SHARE_UNIT / 2);
    counts.record(users[0]);
    expect(counts.sharesOf(10)).toBeUndefined();
    expect(counts.users).toBe(2);
  });
});

/** What `LiveCounts` promises, counted anew from the histories as they are at last. */
function recount(histories: readonly LiveHistory[], items: number, window: number) {
  const shares = Array.from({ length: items }, () => new Array<number>(items).fill(0));
  const newUsers = new Array<number>(items).fill(0);
  for (const { items: seen, fresh } of histories) {
    const distinct: number[] = [];
    seen.forEach((item, at) => {
      if (distinct.includes(item)) return;
      if (fresh[at]) {
        for (const other of distinct.slice(-window)) {
          shares[other][item] += Math.round(SHARE_UNIT / (distinct.length + 1));
          shares[item][other] += Math.round(SHARE_UNIT / (distinct.length + 1));
        }
        newUsers[item]++;
      }
      distinct.push(item);
    });
  }
  return { shares, newUsers };
}

function readAll(counts: LiveCounts, items: number) {
  const all = Array.from({ length: items }, (_, item) => item);
  return {
    shares: all.map((from) => all.map((to) => counts.sharesOf(from)?.get(to) ?? 0)),
    newUsers: all.map((item) => counts.newUsersOf(item)),
  };
}

const [ITEMS, USERS] = [7, 4];
const EVENTS = fc.array(
  fc.record({ user: fc.nat(USERS - 1), item: fc.nat(ITEMS - 1), fresh: fc.boolean(), forget: fc.nat(14) }),
  { maxLength: 40 },
);

it("gives what a recount gives, however the interactions came to be known", () => {
  fc.assert(
    fc.property(EVENTS, fc.integer(), fc.integer({ min: 1, max: 4 }), (events, seed, window) => {
      const random = makeRandom(seed);
      const counts = new LiveCounts({ window });
      const rows = new Map<string, { id: number; item: number; fresh: boolean }[]>();
      events.forEach(({ user: number, item, fresh, forget }, at) => {
        const user = `u${number}`;
        if (forget === 0) {
          rows.delete(user);
          counts.forget(user);
          return;
        }
        const own = rows.get(user) ?? [];
        rows.set(user, own);
        // Some become visible only after others with higher ids.
        own.push({ id: random() < 0.2 ? at + random() / 2 + 5 : at + 10, item, fresh });
        own.sort((a, b) => a.id - b.id);
        if (random() < 0.7) counts.record(toHistory(user, own)); // now, or with the next one of the user
      });
      const histories = [...rows].map(([user, own]) => toHistory(user, own));
      for (const last of histories) counts.record(last);
      expect(readAll(counts, ITEMS)).toEqual(recount(histories, ITEMS, window));
      const fresh = new LiveCounts({ window });
      for (const last of [...histories].reverse()) fresh.record(last);
      expect(fresh.entries).toBe(counts.entries);
    }),
    { numRuns: 300 },
  );
});

it("keeps the same interactions under a bound, in whatever order users are recorded", () => {
  fc.assert(
    fc.property(EVENTS, fc.integer({ min: 5, max: 60 }), (events, mostEntries) => {
      const rows = new Map<string, { id: number; item: number; fresh: boolean }[]>();
      const growing = new LiveCounts({ mostEntries });
      events.forEach(({ user: number, item, fresh }, at) => {
        const user = `u${number}`;
        const own = [...(rows.get(user) ?? []), { id: at + 1, item, fresh }];
        rows.set(user, own);
        growing.record(toHistory(user, own));
      });
      const histories = [...rows].map(([user, own]) => toHistory(user, own));
      const newestFirst = new LiveCounts({ mostEntries });
      for (const last of [...histories].sort((a, b) => b.ids[b.ids.length - 1] - a.ids[a.ids.length - 1])) {
        newestFirst.record(last);
      }
      for (const last of histories) growing.record(last);
      expect(growing.entries).toBeLessThanOrEqual(mostEntries);
      expect(readAll(newestFirst, ITEMS)).toEqual(readAll(growing, ITEMS));
      expect(newestFirst.floor).toBe(growing.floor);
    }),
    { numRuns: 300 },
  );
});

function toHistory(user: string, rows: readonly { id: number; item: number; fresh: boolean }[]): LiveHistory {
  return history(user, ...rows.map(({ id, item, fresh }) => [id, item, fresh] as const));
}
