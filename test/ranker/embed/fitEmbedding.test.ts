import { describe, expect, it } from "vitest";
import { calibrate, slotOf } from "../../../src/ranker/embed/Calibration.ts";
import { collectPredictions } from "../../../src/ranker/embed/collectPredictions.ts";
import { compactTriples } from "../../../src/ranker/embed/compactTriples.ts";
import { fitCalibration, measureCalibration } from "../../../src/ranker/embed/fitCalibration.ts";
import { fitEmbedding } from "../../../src/ranker/embed/fitEmbedding.ts";
import { KnownTriples } from "../../../src/ranker/embed/KnownTriples.ts";
import { collectObservedEnds } from "../../../src/ranker/embed/observedEnds.ts";
import {
  packEmbedding,
  type StoredEmbedding,
  unpackEmbedding,
} from "../../../src/ranker/embed/packEmbedding.ts";
import { Random } from "../../../src/ranker/random.ts";
import { makeColumns, makeConfig, makeWorld } from "./support.ts";

describe("fitCalibration", () => {
  it("gives back the probabilities that made the outcomes", () => {
    // P = σ(2·score − 1) in slot 0 and σ(2·score + 1) in slot 1, 20,000 predictions.
    const random = new Random(1);
    const [score, slot, isTrue]: [number[], number[], boolean[]] = [[], [], []];
    for (let at = 0; at < 20_000; at++) {
      score.push(4 * random.next() - 2);
      slot.push(at % 2);
      isTrue.push(random.next() < 1 / (1 + Math.exp(-2 * score[at] + (at % 2 === 0 ? 1 : -1))));
    }
    const calibration = fitCalibration({ score, slot, isTrue }, 1);
    expect(calibration.slope).toBeCloseTo(2, 0);
    expect(calibrate(calibration, 0, 0.5)).toBeCloseTo(0.5, 1);
    expect(calibrate(calibration, 1, -0.5)).toBeCloseTo(0.5, 1);
    expect(measureCalibration(calibration, { score, slot, isTrue })).toBeLessThan(0.02);
  });

  it("makes no certainty of a few predictions that all came true, and keeps a better score likelier", () => {
    const calibration = fitCalibration({ score: [1, 2, 3], slot: [0, 0, 0], isTrue: [true, true, true] }, 1);
    // Platt's target is (3 + 1) / (3 + 2) = .8
    expect(calibrate(calibration, 0, 2)).toBeCloseTo(0.8, 1);
    const upside = fitCalibration({ score: [1, 2], slot: [0, 0], isTrue: [true, false] }, 1);
    expect(upside.slope).toBeGreaterThan(0);
  });

  it("has an answer where there is nothing to fit", () => {
    const calibration = fitCalibration({ score: [], slot: [], isTrue: [] }, 2);
    expect(calibrate(calibration, slotOf("HEAD", 1), 0)).toBe(0.5);
  });
});

it("measures calibration as the mean distance of what is claimed from what proved true", () => {
  // Scores are logits here. Bin .5: two claims of .5, one true: |1 − 1| = 0. Bin .9: σ(log 19) = .95, untrue: .95.
  const calibration = { slope: 1, offsets: new Float32Array(2) };
  const predictions = { score: [0, 0, Math.log(19)], slot: [0, 0, 0], isTrue: [true, false, false] };
  expect(measureCalibration(calibration, predictions)).toBeCloseTo(0.95 / 3, 6);
});

it("collects the best answers that are not known, and whether they are true", () => {
  // TransE in one dimension: film 0 at 0, persons 1, 2, 3 at 1, 2, 3, the relation leads 1 on.
  const train = makeColumns(
    [
      [0, 0, 1],
      [4, 0, 2],
      [4, 0, 3],
    ],
    { entities: 5, relations: 1 },
  );
  const held = makeColumns([[0, 0, 2]], train);
  const predictions = collectPredictions(
    {
      ...{ model: "transe", dimension: 1 },
      entities: Float32Array.of(0, 1, 2, 3, 9),
      relations: Float32Array.of(1),
    },
    {
      asked: held,
      known: new KnownTriples(5, 1, [train]),
      truth: new KnownTriples(5, 1, [held]),
      observed: collectObservedEnds(train),
      seed: 1,
    },
  );
  // Asked for the tail: 1 is known, 2 scores −1 and is true, 3 scores −2. Asked for the head of 2: 4 is known, 0: −1.
  expect(predictions).toEqual({ score: [-1, -2, -1], slot: [0, 0, 1], isTrue: [true, false, true] });
});

it("numbers anew the entities that have a triple", () => {
  const { triples, entities } = compactTriples(makeColumns([[5, 0, 2]], { entities: 9, relations: 1 }));
  expect([...entities]).toEqual([2, 5]);
  expect(triples).toMatchObject({ entities: 2, head: Int32Array.of(1), tail: Int32Array.of(0) });
});

it("fits vectors, probabilities and their figures in one go", async () => {
  const { triples } = compactTriples(makeWorld());
  const config = makeConfig("complex", { epochs: 60, dimension: 16, cubic: 0.01, validateEvery: 10 });
  const { embedding, calibration, metrics } = await fitEmbedding(triples, config);
  expect(embedding.entities).toHaveLength(33 * 16);
  expect(calibration.offsets).toHaveLength(6);
  expect(calibration.slope).toBeGreaterThan(0);
  expect(Object.keys(metrics).sort()).toEqual(
    [
      "best epoch",
      "calibration error",
      "epochs",
      "hits@1",
      "hits@10",
      "hits@3",
      "mrr",
      "test triples",
    ].sort(),
  );
  expect(metrics["test triples"]).toBe(3); // .05 · 60
});

describe("a packed embedding", () => {
  const stored: StoredEmbedding = {
    embedding: {
      ...{ model: "rotate", dimension: 2 },
      entities: Float32Array.of(1, 2, 3, 4),
      relations: Float32Array.of(0.5),
    },
    calibration: { slope: 2, offsets: Float32Array.of(1, -1) },
    entityIds: Float64Array.of(7, 2 ** 40),
    relationIds: Int32Array.of(3),
  };

  it("unpacks to the same", () => {
    expect(unpackEmbedding(packEmbedding(stored))).toEqual(stored);
  });

  it.each([
    ["cut off", (bytes: Buffer) => bytes.subarray(0, -8), "expected a whole file"],
    ["foreign", () => Buffer.from("WHYGRAPH-MODEL-2\n{}"), 'expected "WHYGRAPH-EMBEDDING-1"'],
    [
      "NaN",
      () =>
        packEmbedding({
          ...stored,
          embedding: { ...stored.embedding, relations: Float32Array.of(Number.NaN) },
        }),
      "its relations 0 is NaN, expected a finite number",
    ],
    [
      "of the wrong size",
      () => packEmbedding({ ...stored, entityIds: Float64Array.of(7) }),
      "its array entities has 4 numbers, expected 2",
    ],
    [
      "of an unknown model",
      () => packEmbedding({ ...stored, embedding: { ...stored.embedding, model: "magic" as "rotate" } }),
      'its model is "magic", expected transe, distmult, complex, rotate',
    ],
  ])("is refused where it is %s", (_, spoil, message) => {
    expect(() => unpackEmbedding(spoil(packEmbedding(stored)))).toThrow(message);
  });
});
