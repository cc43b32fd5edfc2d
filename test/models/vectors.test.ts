import { beforeAll, expect, it } from "vitest";
import type { App } from "../../src/app.ts";
import type { Database } from "../../src/kg/database.ts";
import type { EntityId } from "../../src/kg/types.ts";
import { openVectorSet } from "../../src/kg/vectors/openVectorSet.ts";
import { announceVectors, writeVectors } from "../../src/kg/vectors/writeVectors.ts";
import { straight } from "../../src/ranker/shape.ts";
import { adminOf, findWaiting, fitHere, openApp, until } from "../jobs/support.ts";
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
  const item = await createItem("movie:prometheus");
  expect(await textOf(item)).toBe(0);
  const set = await openSet();
  await writeVector(set, item);
  await announceVectors(db, set);
  await until(async () => (await textOf(item)) > 0, "the vector to be seen");
  // ann rated two films: recency 1 and .02 + .98·2^(-1/10), each at likeness 1, over the root of their sum, times 0.5.
  expect(await textOf(item)).toBeCloseTo(0.5 * Math.sqrt(1 + 0.02 + 0.98 * 2 ** -0.1), 6);
});

it("remembers no list that was made while the vectors were being loaded", async () => {
  const item = await createItem("movie:covenant");
  const set = await openSet();
  await writeVector(set, item);
  const loading = await db.connect();
  await loading.query("begin; lock table entity_vector in access exclusive mode");
  try {
    await announceVectors(db, set);
    await until(async () => (await findWaiting(db)).length > 0, "the vectors to be loaded");
    expect(await textOf(item)).toBe(0); // a list of the vectors that were bound before
    await loading.query("rollback");
  } finally {
    await loading.end();
  }
  await until(async () => (await textOf(item)) > 0, "the vector to be seen");
});

it("replays an answer as long as the vectors that it was made with are stored", async () => {
  const request = { user: "ann", first: 10 };
  const { moment, edges } = await app.recommender.recommend(request);
  const replay = (by: App) => adminOf(by).replay(moment!, request);
  // The model has nothing of this set.
  await openVectorSet(db, { name: "posters", kind: "VECTOR", encoder: "camera", dim: 2 });
  expect((await replay(app)).page.edges.map(({ node }) => node.score)).toEqual(
    edges.map(({ node }) => node.score),
  );
  await announceVectors(db, await openSet());
  const later = await openApp(db); // one that does not have it in memory
  const refused = expect.objectContaining({ code: "CONFLICT", message: expect.stringContaining("vectors") });
  await expect(replay(later)).rejects.toEqual(refused);
});

async function createItem(key: string): Promise<EntityId> {
  const input = { key, type: "movie", name: key, isItem: true };
  const { value } = await adminOf(app).curation.createEntity(input, { actor: "adam" });
  return value!.id;
}

/** The part that likeness of texts has in the score of an item for ann. */
async function textOf(item: EntityId): Promise<number> {
  const page = await app.recommender.recommend({ user: "ann", first: 10 });
  const found = page.edges.find(({ node }) => node.item === item);
  return found?.node.explanation.components.find(({ kind }) => kind === "TEXT")?.value ?? 0;
}

const openSet = () => openVectorSet(db, { name: "text", kind: "TEXT", encoder: "toy", dim: 3 });

function writeVector(set: number, entityId: EntityId): Promise<void> {
  const vector = Float32Array.of(2, 0, 7); // projected (2, 0), at length 1 (1, 0): cosine 1 with all others
  return writeVectors(db, set, [{ entityId, digest: Buffer.from("x"), vector, reason: null }]);
}
