import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDataset } from "../../../src/commands/evaluate/readDataset.ts";
import { makeItemScorer } from "../../../src/ranker/evaluate/baselines/makeItemScorer.ts";
import { popularity } from "../../../src/ranker/evaluate/baselines/popularity.ts";
import { evaluate } from "../../../src/ranker/evaluate/evaluate.ts";
import type { RankedModel } from "../../../src/ranker/evaluate/types.ts";
import { makeBinaryMatrix } from "../../../src/ranker/linear/BinaryMatrix.ts";
import { fitEase } from "../../../src/ranker/linear/fitEase.ts";

const DATA = join(import.meta.dirname, "../../../../shared/data");

/** EASE with the λ of the published row, so that the test is of the protocol and not of the selection. */
const EASE_100: RankedModel = {
  name: "ease",
  seeded: false,
  fit: async ({ train, items }) => makeItemScorer(fitEase(makeBinaryMatrix(train, items), 100), {}),
};

// The folders are not part of this project; without them there is nothing to compare with.
describe("numbers that others measured on the same split", () => {
  it.skipIf(!existsSync(join(DATA, "lastfm-lightkg")))(
    "EASE on Last.FM: Recall@10 .2785, MRR@10 .1202",
    async () => {
      const dataset = await readDataset(join(DATA, "lastfm-lightkg"));
      const { rows } = await evaluate(dataset, { protocol: "full", models: [EASE_100], seeds: 1 });
      expect(rows[0].metrics["recall@10"].mean).toBeCloseTo(0.2785, 3);
      expect(rows[0].metrics["mrr@10"].mean).toBeCloseTo(0.1202, 3);
    },
  );

  it.skipIf(!existsSync(join(DATA, "ml1m-pearlm")))(
    "popularity on ML-1M: nDCG@10 over returned hits .2635, MRR@10 .2152",
    async () => {
      const dataset = await readDataset(join(DATA, "ml1m-pearlm"));
      const { rows } = await evaluate(dataset, { protocol: "full", models: [popularity], seeds: 1 });
      expect(rows[0].metrics["ndcg-returned@10"].mean).toBeCloseTo(0.2635, 3);
      expect(rows[0].metrics["mrr@10"].mean).toBeCloseTo(0.2152, 3);
    },
  );
});
