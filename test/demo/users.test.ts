import { beforeAll, describe, expect, it } from "vitest";
import { groupRows, type Row, readTable, TRUTH } from "../support/demoFilms.ts";

describe("the simulated users", () => {
  let items: Row[];
  let triples: Row[];
  let interactions: Row[];
  let tastes: Row[];
  let crowds: Row[];
  let members: Row[];
  beforeAll(async () => {
    items = await readTable("items");
    triples = await readTable("triples");
    interactions = await readTable("interactions");
    tastes = await readTable("tastes", TRUTH);
    crowds = await readTable("crowds", TRUTH);
    members = await readTable("members", TRUTH);
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

  it("belong to one or two crowds each, of films that no triple joins", () => {
    const users = groupRows(members, "user");
    expect([...users.keys()]).toEqual([...groupRows(interactions, "user").keys()]);
    for (const [user, own] of users) expect([1, 2], user).toContain(own.length);
    const films = groupRows(crowds, "crowd");
    expect([...films.keys()].sort()).toEqual([...groupRows(members, "crowd").keys()].sort());
    const tails = groupRows(triples, "head");
    for (const [crowd, own] of films) {
      const counts = new Map<string, number>();
      for (const { item } of own) {
        for (const { relation, tail } of tails.get(item)!) {
          if (relation !== "has_genre" && relation !== "directed_by") continue;
          counts.set(tail, (counts.get(tail) ?? 0) + 1);
        }
      }
      expect(Math.max(...counts.values()) / own.length, crowd).toBeLessThan(0.5);
    }
  });

  it("leave some films of each taste and crowd unseen", () => {
    const seenBy = groupRows(interactions, "user");
    const seen = (user: string) => new Set(seenBy.get(user)!.map(({ item }) => item!));
    for (const { user, relation, entity } of tastes) {
      const liked = triples.filter((triple) => triple.relation === relation && triple.tail === entity);
      expect(
        liked.every(({ head }) => seen(user).has(head)),
        `${user} ${entity}`,
      ).toBe(false);
    }
    const films = groupRows(crowds, "crowd");
    for (const { user, crowd } of members) {
      expect(
        films.get(crowd)!.every(({ item }) => seen(user).has(item)),
        `${user} ${crowd}`,
      ).toBe(false);
    }
  });

  it("meet films of their tastes and crowds more often than of the tastes and crowds of others, and like them better", () => {
    const users = [...groupRows(interactions, "user").keys()];
    const truth = new Set([
      ...tastes.map(({ user, entity }) => `${user} ${entity}`),
      ...members.map(({ user, crowd }) => `${user} ${crowd}`),
    ]);
    const signs = new Map(
      [...groupRows(triples, "head")].map(([head, rows]) => [head, rows.map(({ tail }) => tail)]),
    );
    const crowdsOf = new Map(
      [...groupRows(crowds, "item")].map(([item, rows]) => [item, rows.map(({ crowd }) => crowd)]),
    );
    const fits = (user: string, film: string, of: ReadonlyMap<string, readonly string[]>) =>
      (of.get(film) ?? []).some((sign) => truth.has(`${user} ${sign}`));
    const share = (of: ReadonlyMap<string, readonly string[]>, shift: number) =>
      interactions.filter(({ user, item }) =>
        fits(users[(users.indexOf(user) + shift) % users.length]!, item, of),
      ).length / interactions.length;
    // The next user's tastes and crowds stand for those of others.
    expect(share(signs, 0)).toBeGreaterThan(share(signs, 1) + 0.25);
    expect(share(crowdsOf, 0)).toBeGreaterThan(3 * share(crowdsOf, 1));
    const mean = (rows: readonly Row[]) =>
      rows.reduce((sum, { value }) => sum + Number(value), 0) / rows.length;
    const [told, untold] = [true, false].map((fit) =>
      interactions.filter(({ user, item }) => fits(user, item, signs) === fit),
    );
    // A fitting film gains 1.5 × the weight of its taste (0.4..1), less what the top of the scale cuts off.
    expect(mean(told!) - mean(untold!)).toBeGreaterThan(0.3);
    // Without a taste that fits, a film of one's crowd gains 1.5 × 0.6.
    const [inCrowd, alone] = [true, false].map((fit) =>
      untold!.filter(({ user, item }) => fits(user, item, crowdsOf) === fit),
    );
    expect(mean(inCrowd!) - mean(alone!)).toBeGreaterThan(0.5);
    expect(mean(inCrowd!) - mean(alone!)).toBeLessThan(1);
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
