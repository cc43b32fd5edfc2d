import { describe, expect, it } from "vitest";
import type { Graph } from "../../src/kg/types.ts";
import { nameForm } from "../../src/text/atoms.ts";
import { scorePair } from "../../src/text/duplicates/scorePair.ts";
import { similarNames, trigramsOf } from "../../src/text/duplicates/similarNames.ts";
import { named } from "./support.ts";

describe("similarNames", () => {
  it("makes trigrams as pg_trgm does", () => {
    // show_trgm('cat ox')
    expect([...trigramsOf("cat ox")].sort()).toEqual(["  c", "  o", " ca", " ox", "at ", "cat", "ox "]);
  });

  it("counts shared trigrams over all", async () => {
    // "alien" has 6: "  a", " al", "ali", "lie", "ien", "en "; "aliens" shares 5 of its 7 ("ens", "ns " are its own).
    const [pair, ...more] = await similarNames(
      [named(1, "Alien"), named(2, "Aliens"), named(3, "Heat")],
      0.5,
    );
    expect(more).toEqual([]);
    expect(pair).toEqual({ a: 0, b: 1, similarity: 5 / 8 });
  });

  it("takes the most similar of names and aliases", async () => {
    const pairs = await similarNames([named(1, "Seven", { aliases: ["Se7en"] }), named(2, "SE7EN")], 0.5);
    expect(pairs).toEqual([{ a: 0, b: 1, similarity: 1 }]);
  });

  it("finds every pair that a comparison of all with all finds", async () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    const word = () =>
      Array.from({ length: 3 + Math.floor(random() * 4) }, () => "ab"[Math.floor(random() * 2)]);
    const entities = Array.from({ length: 150 }, (_, i) =>
      named(i + 1, `${word().join("")} ${word().join("")}`),
    );
    for (const least of [0.3, 0.5, 0.8]) {
      const slow = entities.flatMap((one, a) =>
        entities.flatMap((other, b) =>
          b > a && jaccard(one.name, other.name) >= least ? [`${a} ${b}`] : [],
        ),
      );
      const fast = (await similarNames(entities, least)).map(({ a, b }) => `${a} ${b}`);
      expect(fast.sort()).toEqual(slow.sort());
      expect(slow.length).toBeGreaterThan(0);
    }
  });
});

function jaccard(a: string, b: string): number {
  const [of, other] = [trigramsOf(nameForm(a)), trigramsOf(nameForm(b))];
  const shared = [...of].filter((trigram) => other.has(trigram)).length;
  return shared / (of.size + other.size - shared);
}

describe("scorePair", () => {
  const none = { start: 0, end: 0, neighbour: new Int32Array(), relation: new Uint16Array() };
  const bare = { size: 0, indexOf: () => -1, out: () => none, in: () => none } as unknown as Graph;
  const score = (a: object, b: object, attributes: readonly [object, object] = [{}, {}]) =>
    scorePair(
      {
        ...{ a: named(1, "Psycho", a), b: named(2, "Psycho", b), similarity: 1 },
        attributes: attributes as [Record<string, unknown>, Record<string, unknown>],
      },
      bare,
    );

  it("adds up signs: equal names alone are −3.5 + 5", () => {
    const { score: found, reasons } = score({}, {});
    expect(found).toBeCloseTo(1 / (1 + Math.exp(-1.5)), 12);
    expect(reasons).toEqual(["equal names"]);
  });

  it("holds a remake, a sequel and another type apart, and says why", () => {
    const remake = score({}, {}, [{ year: 1960 }, { year: 1998 }]);
    expect(remake.reasons).toContain("year 1960 and 1998");
    const sequel = score({}, { name: "Psycho III" });
    expect(sequel.reasons).toContain("numbers in the names differ: none and iii");
    const series = score({}, { type: "series" });
    expect(series.reasons).toContain("a movie and a series");
    for (const { score: found } of [remake, sequel, series]) expect(found).toBeLessThan(0.2);
  });

  it("brings together what agrees", () => {
    const same = score({}, {}, [
      { year: 1960, minutes: 109 },
      { year: 1960, minutes: 109 },
    ]);
    // −3.5 + 5 + 2 × 0.7
    expect(same.score).toBeCloseTo(1 / (1 + Math.exp(-2.9)), 12);
    expect(same.reasons).toEqual(["equal names", "2 equal attributes"]);
  });
});
