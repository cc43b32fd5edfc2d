import { describe, expect, it } from "vitest";
import { DomainError } from "../../../src/errors.ts";
import { itemKnn } from "../../../src/ranker/evaluate/baselines/itemKnn.ts";
import {
  makeItemModel,
  makeRecencyModel,
  shareSelection,
} from "../../../src/ranker/evaluate/baselines/itemModel.ts";
import { popularity } from "../../../src/ranker/evaluate/baselines/popularity.ts";
import { evaluate } from "../../../src/ranker/evaluate/evaluate.ts";
import type { RankedModel, Training, UserHistory } from "../../../src/ranker/evaluate/types.ts";
import { makeDataset, type Row } from "./support.ts";

// Three films of a user in the order of time; film 3 has nobody in train. Test items: u0 → 2, u1 → 3, u2 → 0.
const ROWS: Row[] = [
  [0, 0, 1, "train"],
  [0, 1, 2, "valid"],
  [0, 2, 3, "test"],
  [1, 0, 1, "train"],
  [1, 2, 2, "valid"],
  [1, 3, 3, "test"],
  [2, 2, 1, "train"],
  [2, 1, 2, "valid"],
  [2, 0, 3, "test"],
];
const FILMS = makeDataset(ROWS, { users: 3, items: 4 });

/** A model whose scores are given, which keeps what it was shown. */
function makeSpy(name: string, scores: (seed: number) => readonly number[], seeded = false) {
  const shown: { trainings: Training[]; histories: UserHistory[] } = { trainings: [], histories: [] };
  const model: RankedModel = {
    name,
    seeded,
    async fit(training, seed) {
      shown.trainings.push(training);
      return {
        chosen: { seed },
        score(_user, history, out) {
          shown.histories.push(history);
          out.set(scores(seed));
        },
      };
    },
  };
  return { model, shown };
}

describe("evaluate", () => {
  it("measures popularity as it can be worked on paper", async () => {
    // Train counts: film 0 two, film 2 one. Masked are train and valid.
    // u0 ranks 2, 3: test 2 at rank 1. u1 ranks 1, 3 (tie at 0, by index): test 3 at rank 2. u2 ranks 0, 3: rank 1.
    const { rows, users, skippedUsers } = await evaluate(FILMS, {
      protocol: "full",
      models: [popularity],
      seeds: 1,
    });
    const { metrics } = rows[0];
    expect(users).toBe(3);
    expect(skippedUsers).toBe(0);
    expect(metrics["recall@10"]).toEqual({ mean: 1, sd: 0, error: 0 });
    expect(metrics["mrr@10"].mean).toBeCloseTo((1 + 1 / 2 + 1) / 3, 12);
    expect(metrics["ndcg@10"].mean).toBeCloseTo((1 + 1 / Math.log2(3) + 1) / 3, 12);
    expect(metrics["precision@20"].mean).toBeCloseTo(1 / 20, 12);
  });

  it("shows a model no test row, and validation in the history only under train+valid", async () => {
    for (const [history, expected] of [
      ["train", [[0], [0], [2]]],
      [
        "train+valid",
        [
          [0, 1],
          [0, 2],
          [2, 1],
        ],
      ],
    ] as const) {
      const { model, shown } = makeSpy("spy", () => [0, 0, 0, 0]);
      await evaluate(FILMS, { protocol: "full", history, models: [model], seeds: 1 });
      expect(shown.trainings[0].refit).toBe(history === "train+valid");
      expect([...shown.trainings[0].train.items]).toEqual([0, 0, 2]);
      expect([...shown.trainings[0].valid.items]).toEqual([1, 2, 1]);
      expect("test" in shown.trainings[0]).toBe(false);
      expect(shown.histories.map(({ items }) => [...items])).toEqual(expected);
    }
  });

  it("never ranks an item of the history or of validation, however high its score", async () => {
    const { model } = makeSpy("spy", () => [9, 8, 7, 1]);
    const { rows } = await evaluate(FILMS, { protocol: "full", models: [model], seeds: 1 });
    // u0: 2, 3 → rank 1; u1: 1, 3 → rank 2; u2: 0, 3 → rank 1.
    expect(rows[0].metrics["mrr@10"].mean).toBeCloseTo((1 + 1 / 2 + 1) / 3, 12);
  });

  it("takes mean and deviation over seeds of a seeded model, and fits another once", async () => {
    // Seed 1 ranks every test item first (mrr 1), seed 2 lets film 3 lead u0 and u2: (½ + 1 + ½) / 3 = 2/3.
    const seeded = makeSpy("seeded", (seed) => (seed === 1 ? [1, 0, 1, 1] : [0, 0, 0, 1]), true);
    const fixed = makeSpy("fixed", () => [0, 0, 0, 0]);
    const { rows } = await evaluate(FILMS, {
      protocol: "full",
      models: [seeded.model, fixed.model],
      seeds: 2,
    });
    expect(rows[0].metrics["mrr@10"].mean).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(rows[0].metrics["mrr@10"].sd).toBeCloseTo(1 / 3 / Math.SQRT2, 12);
    expect(seeded.shown.trainings).toHaveLength(2);
    expect(fixed.shown.trainings).toHaveLength(1);
    expect(rows[1].metrics["mrr@10"].sd).toBe(0);
  });

  it("compares whygraph with the best baseline of each metric, user by user", async () => {
    const whygraph = makeSpy("whygraph", () => [1, 0, 1, 1], true);
    const weak = makeSpy("weak", () => [0, 1, 0, 1]);
    const { leads } = await evaluate(FILMS, {
      protocol: "full",
      models: [weak.model, whygraph.model, popularity],
      seeds: 1,
    });
    expect(leads.map(({ metric, over }) => [metric, over])).toEqual([
      ["recall@10", "weak"],
      ["ndcg@10", "popularity"],
      ["mrr@10", "popularity"],
    ]);
    // Against popularity only u1 gains, by ½: difference 1/6, and a resample without u1 gains nothing.
    const mrr = leads[2];
    expect(mrr.difference).toBeCloseTo(1 / 6, 12);
    expect(mrr.low).toBe(0);
    expect(mrr.high).toBeCloseTo(1 / 2, 12);
  });

  it("leaves out a model that cannot run on this size, and lets a bug through", async () => {
    const broken = (error: Error): RankedModel => ({
      name: "b",
      seeded: false,
      fit: () => Promise.reject(error),
    });
    const { rows, omitted } = await evaluate(FILMS, {
      protocol: "full",
      models: [broken(new DomainError("UNAVAILABLE", "too large")), popularity],
      seeds: 1,
    });
    expect(rows.map(({ model }) => model)).toEqual(["popularity"]);
    expect(omitted).toEqual([{ model: "b", reason: "too large" }]);
    const bug = evaluate(FILMS, { protocol: "full", models: [broken(new TypeError("bug"))], seeds: 1 });
    await expect(bug).rejects.toThrow("bug");
  });

  it("selects ItemKNN's hyper-parameters without a look at the test rows", async () => {
    const moved = makeDataset(
      ROWS.map(([user, item, time, split]): Row => [user, split === "test" ? 3 : item, time, split]),
      { users: 3, items: 4 },
    );
    const [a, b] = await Promise.all(
      [FILMS, moved].map((dataset) =>
        evaluate(dataset, { protocol: "full", models: [makeItemModel(shareSelection(itemKnn))], seeds: 1 }),
      ),
    );
    expect(a.rows[0].chosen).toEqual(b.rows[0].chosen);
    expect(a.rows[0].metrics["mrr@10"]).not.toEqual(b.rows[0].metrics["mrr@10"]);
  });

  it("selects once for the variants of a family, and counts its time for both", async () => {
    let selections = 0;
    const family = shareSelection({
      name: "slow",
      select() {
        selections++;
        const end = performance.now() + 50;
        while (performance.now() < end);
        return { chosen: { k: 1 }, fit: () => ({ addRow: () => undefined }) };
      },
    });
    const models = [makeItemModel(family), makeRecencyModel(family)];
    const { rows } = await evaluate(FILMS, { protocol: "full", models, seeds: 1 });
    expect(selections).toBe(1);
    expect(rows.map(({ model }) => model)).toEqual(["slow", "slow+recency"]);
    for (const { seconds } of rows) expect(seconds.train).toBeGreaterThanOrEqual(0.05);
  });
});
