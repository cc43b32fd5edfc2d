import { expect, it } from "vitest";
import { bpr } from "../../../../src/ranker/evaluate/baselines/bpr.ts";
import {
  makeFactorModel,
  makeFactorRecencyModel,
  shareFactors,
} from "../../../../src/ranker/evaluate/baselines/factors/factorModel.ts";
import { ials } from "../../../../src/ranker/evaluate/baselines/ials.ts";
import { lightGcn } from "../../../../src/ranker/evaluate/baselines/lightGcn.ts";
import { validate } from "../../../../src/ranker/evaluate/baselines/selectOnValidation.ts";
import { readHistory } from "../../../../src/ranker/evaluate/userRows.ts";
import { makeTaste, makeTraining } from "./support.ts";

const TASTE = makeTaste(9);

for (const family of [bpr, ials, lightGcn]) {
  it(`${family.name} ranks what the others of the same taste saw, with and without recency`, async () => {
    const training = makeTraining(TASTE);
    const shared = shareFactors(family);
    for (const model of [makeFactorModel(shared), makeFactorRecencyModel(shared)]) {
      const scorer = await model.fit(training, 1);
      for (let user = 0; user < training.users; user++) {
        const out = new Float64Array(training.items);
        const history = readHistory(training.train, user);
        scorer.score(user, history, out);
        const mean = (from: number) =>
          out.subarray(from, from + 15).reduce((sum, score) => sum + score, 0) / 15;
        const [own, other] = user % 2 === 0 ? [mean(0), mean(15)] : [mean(15), mean(0)];
        expect(own).toBeGreaterThan(other);
      }
      // The seven unseen films of the own taste come first; the kept one is at rank 1…7, on average
      // Σ 1/log2(r + 1) / 7 = (1 + .631 + .5 + .431 + .387 + .356 + .333) / 7 = .520. Among all 22 it would be .21.
      expect(validate(scorer, training)).toBeGreaterThan(0.4);
    }
  });
}

it("learns once for both variants, counts the seconds of both, and repeats itself", async () => {
  const training = makeTraining(TASTE, true);
  const shared = shareFactors(ials);
  const first = shared.fit(training, 1);
  const second = shared.fit(training, 1);
  expect(second.fit).toBe(first.fit);
  expect(first.sharedSeconds).toBe(0);
  expect(second.sharedSeconds).toBeGreaterThan(0);
  const again = shareFactors(ials).fit(makeTraining(TASTE, true), 1);
  expect(again.fit.final).toEqual(first.fit.final);
  expect(again.fit.options).toEqual(first.fit.options);
  // With refit the kept film has been learned too.
  expect(first.fit.final).not.toEqual(first.fit.factors);
  const other = shared.fit(training, 2);
  expect(other.fit.options).toEqual(first.fit.options);
  expect(other.fit.final).not.toEqual(first.fit.final);
});
