import { beforeAll, describe, expect, it } from "vitest";
import { groupRows, type Row, readTable } from "../support/demoFilms.ts";

describe("the simulated users", () => {
  let items: Row[];
  let triples: Row[];
  let interactions: Row[];
  let tastes: Row[];
  beforeAll(async () => {
    items = await readTable("items");
    triples = await readTable("triples");
    interactions = await readTable("interactions");
    tastes = await readTable("tastes");
  });

  it("are at least 200, each with 15 to 60 ratings of films of the demo, none twice, in the order of time", () => {
    const films = new Set(items.map(({ item }) => item));
    const users = groupRows(interactions, "user");
    expect(users.size).toBeGreaterThanOrEqual(200);
    for (const [user, ratings] of users) {
      expect(ratings.length, user).toBeGreaterThanOrEqual(15);
      expect(ratings.length, user).toBeLessThanOrEqual(60);
      expect(ratings.filter(({ item }) => !films.has(item!))).toEqual([]);
      expect(new Set(ratings.map(({ item }) => item)).size, user).toBe(ratings.length);
      const times = ratings.map(({ timestamp }) => Number(timestamp));
      expect(times.every((time, index) => index === 0 || time > times[index - 1]!)).toBe(true);
    }
  });

  it("rate from half a star to five, in halves", () => {
    const values = [...new Set(interactions.map(({ value }) => Number(value)))].sort((a, b) => a - b);
    expect(values).toEqual([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]);
  });

  it("have one to three tastes each, for entities of the graph", () => {
    const known = new Set(triples.map(({ relation, tail }) => `${relation} ${tail}`));
    const users = groupRows(tastes, "user");
    expect([...users.keys()]).toEqual([...groupRows(interactions, "user").keys()]);
    for (const [user, own] of users) expect([1, 2, 3], user).toContain(own.length);
    expect(tastes.filter(({ relation, entity }) => !known.has(`${relation} ${entity}`))).toEqual([]);
  });

  it("meet what they like more often than others do, like it better, and leave some of it unseen", () => {
    const seenBy = groupRows(interactions, "user");
    for (const { user, relation, entity } of tastes) {
      const liked = new Set(
        triples.filter((t) => t.relation === relation && t.tail === entity).map((t) => t.head!),
      );
      const seen = seenBy.get(user!)!;
      const hits = seen.filter(({ item }) => liked.has(item!)).length;
      expect(liked.size - hits, `${user} ${entity}`).toBeGreaterThan(0);
    }
    const truth = new Set(tastes.map(({ user, entity }) => `${user} ${entity}`));
    const tails = new Map(
      [...groupRows(triples, "head")].map(([head, rows]) => [head, rows.map(({ tail }) => tail!)]),
    );
    const fits = interactions.map((row) =>
      tails.get(row.item!)!.some((tail) => truth.has(`${row.user} ${tail}`)),
    );
    // Three of four films are met by taste, and of the others some fit by chance.
    const fitting = fits.filter(Boolean).length / fits.length;
    expect(fitting).toBeGreaterThan(0.7);
    expect(fitting).toBeLessThan(0.95);
    const mean = (fit: boolean) => {
      const values = interactions.filter((_, index) => fits[index] === fit).map(({ value }) => Number(value));
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    // A fitting film gains 1.5 × its taste's weight (0.5..1.2), less what the top of the scale cuts off.
    expect(mean(true) - mean(false)).toBeGreaterThan(0.75);
  });

  it("include ada, who likes Ridley Scott and science fiction and has films of both left to see", () => {
    expect(tastes.filter(({ user }) => user === "ada").map(({ entity }) => entity)).toEqual([
      "person:ridley-scott",
      "creative_type:science-fiction",
    ]);
    const seen = new Set(interactions.filter(({ user }) => user === "ada").map(({ item }) => item));
    const by = triples.filter(({ tail }) => tail === "person:ridley-scott").map(({ head }) => head);
    expect(seen.has("movie:alien-1979")).toBe(true);
    expect(by.filter((film) => seen.has(film)).length).toBeGreaterThanOrEqual(5);
    expect(by.filter((film) => !seen.has(film)).length).toBeGreaterThanOrEqual(4);
  });
});
