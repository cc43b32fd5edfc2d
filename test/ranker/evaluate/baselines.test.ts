import { describe, expect, it } from "vitest";
import { findNearest } from "../../../src/ranker/evaluate/baselines/itemKnn.ts";
import { makeItemScorer } from "../../../src/ranker/evaluate/baselines/makeItemScorer.ts";
import { popularity } from "../../../src/ranker/evaluate/baselines/popularity.ts";
import { findWalks } from "../../../src/ranker/evaluate/baselines/rp3beta.ts";
import { useNeighbours } from "../../../src/ranker/evaluate/baselines/SparseSimilarity.ts";
import { climbGrid } from "../../../src/ranker/evaluate/baselines/selectOnValidation.ts";
import { packUserRows } from "../../../src/ranker/evaluate/userRows.ts";
import { type BinaryMatrix, makeBinaryMatrix } from "../../../src/ranker/linear/BinaryMatrix.ts";
import { fitEaseByItems, fitEaseByUsers } from "../../../src/ranker/linear/fitEase.ts";
import type { ItemSimilarity } from "../../../src/ranker/linear/ItemSimilarity.ts";
import { makeRandom } from "../../../src/ranker/random.ts";
import { makeDataset, type Row } from "./support.ts";

function makeMatrix(users: readonly (readonly number[])[], items: number): BinaryMatrix {
  const rows: Row[] = users.flatMap((seen, user) => seen.map((item): Row => [user, item, Number.NaN]));
  const { interactions } = makeDataset(rows, { users: users.length, items });
  return makeBinaryMatrix(packUserRows(interactions, Int32Array.from(rows.keys()), users.length), items);
}

function readRow(similarity: ItemSimilarity, item: number, items: number): number[] {
  const out = new Float64Array(items);
  similarity.addRow(item, 1, out);
  return [...out];
}

// u0: Alien, Blade Runner; u1: Alien, Blade Runner, Casablanca; u2: Casablanca
const FILMS = makeMatrix([[0, 1], [0, 1, 2], [2]], 3);

describe("EASE", () => {
  it("gives the weights of an example that is worked on paper", () => {
    // Two films, both seen by two users: XᵀX + I = [[3, 2], [2, 3]], P = [[3, −2], [−2, 3]] / 5,
    // B_01 = −P_01 / P_11 = 2/3, and 0 on the diagonal.
    const x = makeMatrix(
      [
        [0, 1],
        [0, 1],
      ],
      2,
    );
    for (const similarity of [fitEaseByItems(x, 1), fitEaseByUsers(x, 1)]) {
      expect(readRow(similarity, 0, 2)[0]).toBe(0);
      expect(readRow(similarity, 0, 2)[1]).toBeCloseTo(2 / 3, 6);
    }
  });

  it("is the same by users (Woodbury) as by items, on a random matrix", () => {
    const random = makeRandom(2);
    const items = 90;
    const x = makeMatrix(
      Array.from({ length: 40 }, () =>
        Array.from({ length: items }, (_, item) => item).filter(() => random() < 0.15),
      ),
      items,
    );
    const [byItems, byUsers] = [fitEaseByItems(x, 7), fitEaseByUsers(x, 7)];
    for (let item = 0; item < items; item++) {
      const expected = readRow(byItems, item, items);
      expect(expected[item]).toBe(0);
      readRow(byUsers, item, items).forEach((weight, other) => {
        expect(weight).toBeCloseTo(expected[other], 6);
      });
    }
  });

  it("never lets an item speak for itself", () => {
    const scorer = makeItemScorer(fitEaseByItems(FILMS, 2), {});
    const out = new Float64Array(3);
    scorer.score(0, { items: Int32Array.of(0), values: Float32Array.of(1), times: Float64Array.of(0) }, out);
    expect(out[0]).toBe(0);
    expect(out[1]).toBeGreaterThan(out[2]);
  });
});

describe("EDLAE", () => {
  it("adds to each item's ridge in proportion to its users, as worked on paper", () => {
    // Two films, both seen by two users: ridge 1 + ½·2 = 2, XᵀX + 2·I = [[4, 2], [2, 4]],
    // P = [[4, −2], [−2, 4]] / 12, B_01 = −P_01 / P_11 = 1/2.
    const x = makeMatrix(
      [
        [0, 1],
        [0, 1],
      ],
      2,
    );
    for (const similarity of [fitEaseByItems(x, 1, 0.5), fitEaseByUsers(x, 1, 0.5)]) {
      expect(readRow(similarity, 0, 2)[1]).toBeCloseTo(1 / 2, 6);
    }
  });

  it("is the same by users as by items where the ridges differ", () => {
    const [byItems, byUsers] = [fitEaseByItems(FILMS, 1, 0.7), fitEaseByUsers(FILMS, 1, 0.7)];
    for (let item = 0; item < 3; item++) {
      readRow(byUsers, item, 3).forEach((weight, other) => {
        expect(weight).toBeCloseTo(readRow(byItems, item, 3)[other], 6);
      });
    }
  });
});

describe("ItemKNN", () => {
  it("is the shrunk cosine, without the item itself", () => {
    // Alien and Blade Runner share 2 of 2 and 2 users: 2 / (√2·√2 + 1) = 2/3.
    // Alien and Casablanca share 1: 1 / (√2·√2 + 1) = 1/3.
    const [own, blade, casablanca] = readRow(useNeighbours(findNearest(FILMS, 1, 3), 3), 0, 3);
    expect(own).toBe(0);
    expect(blade).toBeCloseTo(2 / 3, 6);
    expect(casablanca).toBeCloseTo(1 / 3, 6);
  });

  it("keeps only the k nearest", () => {
    const [, blade, casablanca] = readRow(useNeighbours(findNearest(FILMS, 0, 3), 1), 0, 3);
    expect(blade).toBeCloseTo(1, 6);
    expect(casablanca).toBe(0);
  });
});

describe("RP3β", () => {
  it("is the probability of the walk over the popularity of its end", () => {
    // Alien → u0 (½) → Blade Runner (½), Alien → u1 (½) → Blade Runner (⅓): 1/4 + 1/6 = 5/12, over 2^β.
    // Alien → u1 (½) → Casablanca (⅓) = 1/6, over 2^β.
    expect(readRow(useNeighbours(findWalks(FILMS, 0, 3), 3), 0, 3)[1]).toBeCloseTo(5 / 12, 6);
    const [own, blade, casablanca] = readRow(useNeighbours(findWalks(FILMS, 1, 3), 3), 0, 3);
    expect(own).toBe(0);
    expect(blade).toBeCloseTo(5 / 24, 6);
    expect(casablanca).toBeCloseTo(1 / 12, 6);
  });
});

describe("what the baselines share", () => {
  it("popularity counts users, validation rows only where the fit may use them", async () => {
    const rows: Row[] = [
      [0, 0, 1],
      [1, 0, 1],
      [0, 1, 2],
    ];
    const { interactions } = makeDataset(rows, { users: 2, items: 3 });
    const train = packUserRows(interactions, [0, 1], 2);
    const valid = packUserRows(interactions, [2], 2);
    const base = { users: 2, items: 3, train, valid, graph: null, itemIndexToEntity: new Int32Array(3) };
    for (const [refit, expected] of [
      [false, [2, 0, 0]],
      [true, [2, 1, 0]],
    ] as const) {
      const scorer = await popularity.fit({ ...base, refit }, 1);
      const out = new Float64Array(3);
      scorer.score(
        0,
        { items: new Int32Array(0), values: new Float32Array(0), times: new Float64Array(0) },
        out,
      );
      expect([...out]).toEqual(expected);
    }
  });

  it("a half-life of 1 halves an item's weight with every place from the newest", () => {
    const similarity: ItemSimilarity = {
      addRow(item, weight, out) {
        out[item] += weight;
      },
    };
    const out = new Float64Array(3);
    const history = {
      items: Int32Array.of(2, 0, 1),
      values: new Float32Array(3),
      times: new Float64Array(3),
    };
    makeItemScorer(similarity, {}, 1).score(0, history, out);
    expect([...out]).toEqual([0.5, 1, 0.25]);
  });

  it("climbGrid finds the peak and looks at each entry once", () => {
    const looked: number[] = [];
    const best = climbGrid([1, 2, 3, 4, 5, 6], 1, (entry) => {
      looked.push(entry);
      return -((entry - 4) ** 2);
    });
    expect(best).toBe(4);
    expect(looked.sort()).toEqual([1, 2, 3, 4, 5]);
  });
});
