import { describe, expect, it } from "vitest";
import { makeGraph } from "../../../../src/kg/snapshot/makeGraph.ts";
import { random } from "../../../../src/ranker/evaluate/cold/random.ts";
import { sharedEntities } from "../../../../src/ranker/evaluate/cold/sharedEntities.ts";
import { textOnly } from "../../../../src/ranker/evaluate/cold/textOnly.ts";
import type { RankedModel, Training } from "../../../../src/ranker/evaluate/types.ts";
import { packUserRows, readHistory } from "../../../../src/ranker/evaluate/userRows.ts";
import { relation } from "../../support.ts";
import { makeDataset } from "../support.ts";

// Films 0 … 3 are entities 0 … 3; Scott is 4, science fiction 5.
const graph = makeGraph({
  entities: Array.from({ length: 6 }, (_, at) => ({ id: `${at + 1}`, type: "film", isItem: at < 4 })),
  relations: [relation(1, "directed_by"), relation(2, "has_genre")],
  triples: [
    [1, 1, 5],
    [2, 1, 5],
    [1, 2, 6],
    [2, 2, 6],
    [3, 2, 6],
    [4, 2, 1], // a film that is another's genre: a direct triple
  ].map(([headId, relationId, tailId], at) => ({
    ...{ id: `${at + 1}`, headId: `${headId}`, relationId, tailId: `${tailId}`, confidence: 1 },
  })),
});
const { interactions } = makeDataset(
  [
    [0, 0, 1],
    [0, 1, 2],
  ],
  { users: 1, items: 4 },
);
const training: Training = {
  users: 1,
  items: 4,
  train: packUserRows(interactions, [0], 1),
  valid: packUserRows(interactions, [1], 1),
  refit: true,
  graph,
  itemIndexToEntity: Int32Array.of(0, 1, 2, 3),
};

async function scoreWith(model: RankedModel, shown: Training): Promise<number[]> {
  const scorer = await model.fit(shown, 1);
  const out = new Float64Array(4);
  scorer.score(0, readHistory(shown.train, 0), out);
  return [...out];
}

describe("kg-2-hop", () => {
  it("counts what an item shares with the history, common facts for less", async () => {
    // History: film 0. The best discount is any (film 1 leads with all): the first, 0 … of equal ones the middle, ½.
    // Film 1: director of 2 items 2^−½, genre of 3 items 3^−½; film 2: genre; film 3: one direct triple, 1.
    const [, one, two, three] = await scoreWith(sharedEntities, training);
    expect(one).toBeCloseTo(Math.SQRT1_2 + 1 / Math.sqrt(3), 12);
    expect(two).toBeCloseTo(1 / Math.sqrt(3), 12);
    expect(three).toBeCloseTo(1, 12);
  });

  it("knows nothing without a graph", async () => {
    expect(await scoreWith(sharedEntities, { ...training, graph: null })).toEqual([0, 0, 0, 0]);
  });
});

describe("text", () => {
  it("is the cosine to the history's texts, whatever the length of the vectors", async () => {
    // Film 0 (3, 0); film 1 (5, 0): cosine 1; film 2 (1, 1): 1/√2; film 3 has no text: 0.
    const vectors = { name: "toy", dim: 2, values: Float32Array.of(3, 0, 5, 0, 1, 1, 0, 0) };
    const [, one, two, three] = await scoreWith(textOnly, { ...training, vectors });
    expect([one, three]).toEqual([1, 0]);
    expect(two).toBeCloseTo(Math.SQRT1_2, 6);
  });

  it("is left out where there are no vectors, saying which option gives them", async () => {
    await expect(textOnly.fit(training, 1)).rejects.toMatchObject({
      code: "UNAVAILABLE",
      message: expect.stringContaining("--vectors"),
    });
  });
});

it("random differs by user and seed, and is the same again", async () => {
  const draw = async (seed: number, user: number) => {
    const out = new Float64Array(4);
    (await random.fit(training, seed)).score(user, readHistory(training.train, 0), out);
    return [...out];
  };
  expect(await draw(1, 0)).toEqual(await draw(1, 0));
  expect(await draw(1, 0)).not.toEqual(await draw(2, 0));
  expect(await draw(1, 0)).not.toEqual(await draw(1, 1));
});
