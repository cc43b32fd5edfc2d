import { describe, expect, it } from "vitest";
import { BatchGradients } from "../../../src/ranker/embed/BatchGradients.ts";
import { findScorer } from "../../../src/ranker/embed/findScorer.ts";
import { makeEmbedding } from "../../../src/ranker/embed/makeEmbedding.ts";
import { scoreAll, scoreTriple } from "../../../src/ranker/embed/scoreTriple.ts";
import { EMBEDDING_MODELS, type EmbedConfig, type Embedding } from "../../../src/ranker/embed/types.ts";
import { Random } from "../../../src/ranker/random.ts";
import { makeConfig } from "./support.ts";

const half = Math.SQRT1_2;

describe("the score of a triple, worked by hand", () => {
  const embed = (model: Embedding["model"], entities: number[], relations: number[]): Embedding => ({
    ...{ model, dimension: 2 },
    entities: Float32Array.from(entities),
    relations: Float32Array.from(relations),
  });

  it("is minus the distance from the moved head to the tail in TransE", () => {
    // h + r − t = (1, 2) + (.5, −1) − (1, 3) = (.5, −2); −(.5 + 2)
    expect(scoreTriple(embed("transe", [1, 2, 1, 3], [0.5, -1]), 0, [0, 1])).toBeCloseTo(-2.5, 6);
  });

  it("is the weighted product in DistMult", () => {
    // 1·.5·1 + 2·(−1)·3
    expect(scoreTriple(embed("distmult", [1, 2, 1, 3], [0.5, -1]), 0, [0, 1])).toBeCloseTo(-5.5, 6);
  });

  it("is the real part of h·r·t̄ in ComplEx, and tells head from tail", () => {
    // h = 1 + 2i, r = .5 − i, t = 1 + 3i: h·r = .5 + 2 + (1 − 1)i = 2.5; Re(2.5·(1 − 3i)) = 2.5
    const embedding = embed("complex", [1, 2, 1, 3], [0.5, -1]);
    expect(scoreTriple(embedding, 0, [0, 1])).toBeCloseTo(2.5, 6);
    // t·r·h̄: (1 + 3i)(.5 − i) = .5 + 3 + (1.5 − 1)i = 3.5 + .5i; Re((3.5 + .5i)(1 − 2i)) = 3.5 + 1 = 4.5
    expect(scoreTriple(embedding, 1, [0, 0])).toBeCloseTo(4.5, 6);
  });

  it("is minus the distance from the turned head to the tail in RotatE", () => {
    // 1 turned by π/4 is (√½, √½); the tail √½ + (√½ − 2)i is 2 away
    const embedding = embed("rotate", [1, 0, half, half - 2], [Math.PI / 4]);
    expect(scoreTriple(embedding, 0, [0, 1])).toBeCloseTo(-2, 5);
  });

  it("needs an even number of dimensions where they are halves of complex numbers", () => {
    for (const model of ["complex", "rotate"] as const) {
      expect(() => findScorer(model).relationWidth(7)).toThrow(
        `the dimension of ${model} is 7; expected an even number`,
      );
    }
  });
});

describe.each(EMBEDDING_MODELS)("%s", (model) => {
  const embedding = (config: EmbedConfig) =>
    makeEmbedding({ entities: 9, relations: 2 }, config, new Random(3));

  it("scores a triple alike whichever end is asked for", () => {
    const vectors = embedding(makeConfig(model));
    const out = new Float32Array(9);
    for (const [head, relation, tail] of [
      [0, 0, 1],
      [4, 1, 4],
      [8, 1, 2],
    ]) {
      const score = scoreTriple(vectors, head, [relation, tail]);
      scoreAll(vectors, { side: "TAIL", entity: head, relation }, out);
      expect(out[tail]).toBeCloseTo(score, 5);
      scoreAll(vectors, { side: "HEAD", entity: tail, relation }, out);
      expect(out[head]).toBeCloseTo(score, 5);
    }
  });

  it.each([
    { loss: "logistic", margin: 1, temperature: 0 },
    { loss: "margin", margin: 20 },
    { loss: "softmax", cubic: 0.1 },
  ] satisfies Partial<EmbedConfig>[])(
    "has the gradient of finite differences on all parameters, $loss loss",
    (given) => {
      const config = makeConfig(model, given);
      const vectors = embedding(config);
      const gradients = new BatchGradients(vectors, config);
      // One entity in every role, so that gradients of several roles sum in one row.
      const queries = [
        { side: "TAIL", entity: 0, relation: 0, answer: 1, negatives: Int32Array.of(2, 3, 0, 2) },
        { side: "HEAD", entity: 1, relation: 0, answer: 0, negatives: Int32Array.of(4, 1, 5, 6) },
        { side: "TAIL", entity: 7, relation: 1, answer: 7, negatives: Int32Array.of(8, 3, 2, 1) },
      ] as const;
      const lossOf = () => {
        const fresh = new BatchGradients(vectors, config);
        return queries.reduce((sum, query) => sum + 0.5 * fresh.add(query, 0.5), 0);
      };
      for (const query of queries) gradients.add(query, 0.5);
      for (const [table, rows] of [
        [vectors.entities, gradients.entities],
        [vectors.relations, gradients.relations],
      ] as const) {
        for (let index = 0; index < table.length; index++) {
          const at = rows.touch(Math.floor(index / rows.width)) + (index % rows.width);
          expect(rows.values[at]).toBeCloseTo(differentiate(table, index, lossOf), 3);
        }
      }
    },
  );
});

/** (L(x + h) − L(x − h)) / 2h, with the steps that a float32 can take. */
function differentiate(table: Float32Array, index: number, lossOf: () => number): number {
  const value = table[index];
  table[index] = value + 1e-3;
  const [up, above] = [table[index], lossOf()];
  table[index] = value - 1e-3;
  const [down, below] = [table[index], lossOf()];
  table[index] = value;
  return (above - below) / (up - down);
}
