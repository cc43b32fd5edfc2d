import { beforeAll, expect, it } from "vitest";
import type { App } from "../../src/app.ts";
import type { Database } from "../../src/kg/database.ts";
import { openVectorSet } from "../../src/kg/vectors/openVectorSet.ts";
import { announceVectors, writeVectors } from "../../src/kg/vectors/writeVectors.ts";
import { straight } from "../../src/ranker/shape.ts";
import { adminOf, fitHere, openApp, until } from "../jobs/support.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { storeChanged } from "./support.ts";

let db: Database;
let app: App;

beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  // Every entity that the model knows has the vector (1, 0) of two numbers; likeness of texts weighs 0.5.
  const id = await storeChanged(db, await fitHere(db), (model) => {
    const from = new Float32Array(2 * model.statistics.ids.length).map((_, at) => (at % 2 === 0 ? 1 : 0));
    const origin = {
      ...{ encoder: "toy", sourceDim: 3, mean: new Float32Array(3) },
      projection: Float32Array.of(1, 0, 0, 0, 1, 0), // keeps the first two of three numbers
    };
    const shapes = { ...model.weights.shapes, "space:text": straight(0.5) };
    return {
      ...model,
      weights: { ...model.weights, shapes },
      spaces: [{ name: "text", kind: "TEXT", dim: 2, halfLife: 10, origin, from, to: from }],
    };
  });
  app = await openApp(db);
  const { problems } = await adminOf(app).models.activate({ id }, { actor: "adam" });
  expect(problems).toEqual([]);
});

it("gives an item that came after the training its text evidence once its vector is stored, without retraining", async () => {
  const { curation } = adminOf(app);
  const input = { key: "movie:prometheus", type: "movie", name: "Prometheus", isItem: true };
  const { value } = await curation.createEntity(input, { actor: "adam" });
  const textOf = async () => {
    const page = await app.recommender.recommend({ user: "ann", first: 10 });
    const found = page.edges.find(({ node }) => node.item === value!.id);
    return found?.node.explanation.components.find(({ kind }) => kind === "TEXT")?.value ?? 0;
  };
  expect(await textOf()).toBe(0);
  const set = await openVectorSet(db, { name: "text", kind: "TEXT", encoder: "toy", dim: 3 });
  const digest = Buffer.from("x");
  const vector = Float32Array.of(2, 0, 7); // projected (2, 0), at length 1 (1, 0): cosine 1 with all others
  await writeVectors(db, set, [{ entityId: value!.id, digest, vector, reason: null }]);
  await announceVectors(db, set);
  await until(async () => (await textOf()) > 0, "the vector to be seen");
  // ann rated two films: recency 1 and .02 + .98·2^(-1/10), each at likeness 1, over the root of their sum, times 0.5.
  expect(await textOf()).toBeCloseTo(0.5 * Math.sqrt(1 + 0.02 + 0.98 * 2 ** -0.1), 6);
});
