import { beforeAll, expect, it } from "vitest";
import type { App } from "../../src/app.ts";
import type { Database } from "../../src/kg/database.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { adminOf, ended, openApp } from "./support.ts";

let db: Database;
let app: App;

beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  app = await openApp(db);
});

it("fits a model in a process of its own, tells how far it is, and lets the model serve", async () => {
  const { jobs, models } = adminOf(app);
  const { value, problems, change } = await jobs.train({ seed: 7 }, { actor: "adam", reason: "first" });
  expect(problems).toEqual([]);
  expect(change).toBeNull();
  expect(value).toMatchObject({
    ...{ kind: "TRAIN", actor: "adam", reason: "first", input: { seed: 7 } },
    ...{ finishedAt: null, modelId: null },
  });
  const job = await ended(app, value!.id);
  expect(job).toMatchObject({ status: "DONE", progress: 1, error: null, modelId: expect.any(String) });
  expect(job.startedAt).not.toBeNull();
  expect(models.active().id).toBe(job.modelId);
  const record = await models.findModel(job.modelId!);
  expect(record?.config).toMatchObject({ seed: 7 });
  expect(record?.data).toMatchObject({ users: 4, items: 6, entities: 13, triples: 18 });
}, 30_000);
