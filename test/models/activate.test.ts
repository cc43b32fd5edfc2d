import { beforeAll, describe, expect, it } from "vitest";
import type { App } from "../../src/app.ts";
import type { Database } from "../../src/kg/database.ts";
import type { Activation, EditOptions } from "../../src/kg/types.ts";
import { adminOf, fitHere, openApp, until } from "../jobs/support.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";

let db: Database;
let app: App;
let other: App;
/** Ids of three models, in the order in which they were fitted and began to serve. */
let models: readonly string[];

const activate = (activation: Activation, options: Partial<EditOptions> = {}, process = app) =>
  adminOf(process).models.activate(activation, { actor: "adam", ...options });
const activeId = () => adminOf(app).models.active().id;
const history = async () =>
  (await db.query<{ id: string }>("select a.model_id as id from model_activation a order by a.id")).map(
    ({ id }) => id,
  );

beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  models = [await fitHere(db), await fitHere(db, { seed: 2 }), await fitHere(db, { seed: 3 })];
  app = await openApp(db);
  other = await openApp(db);
});

describe("a return to the model that served before", () => {
  it("goes back step by step, each time to what served before that, and ends with a reason", async () => {
    const [a, b, c] = models;
    expect(activeId()).toBe(c);
    expect((await activate({ previous: true })).value?.id).toBe(b);
    expect(activeId()).toBe(b);
    expect((await activate({ previous: true })).value?.id).toBe(a);
    const end = await activate({ previous: true });
    expect(end.value).toBeNull();
    expect(end.problems).toEqual([
      {
        code: "UNKNOWN_MODEL",
        message: `no model served before model ${a}; expected an activation to return from`,
        path: ["previous"],
      },
    ]);
    expect(activeId()).toBe(a);
    expect(await history()).toEqual([a, b, c, b, a]);
  });

  it("leads to what served before a later activation, and not to what was left by a return", async () => {
    const [a, b, c] = models;
    await activate({ id: c }); // now: a, c
    await activate({ previous: true }); // back to a, c is left
    await activate({ id: b }); // a, b
    expect((await activate({ previous: true })).value?.id).toBe(a);
    expect(await history()).toEqual([a, b, c, b, a, c, a, b, a]);
  });
});

describe("an activation", () => {
  it("reaches every process, and an answer of this one at once", async () => {
    const { value, problems, change } = await activate({ id: models[1] }, {}, other);
    expect([value?.id, problems, change]).toEqual([models[1], [], null]);
    expect(adminOf(other).models.active().id).toBe(models[1]);
    await until(() => activeId() === models[1], "the other process to follow");
  });

  it("of the model that serves already changes nothing", async () => {
    const before = await history();
    expect((await activate({ id: models[1] })).value?.id).toBe(models[1]);
    expect(await history()).toEqual(before);
  });

  it("is refused where another model serves than expected", async () => {
    const { value, problems } = await activate({ id: models[0], expectedActive: models[2] });
    expect(value).toBeNull();
    expect(problems).toEqual([
      {
        code: "ACTIVE_MODEL_CHANGED",
        message: `model ${models[1]} serves; expected model ${models[2]}`,
        path: ["expectedActive"],
      },
    ]);
    expect((await activate({ id: models[0], expectedActive: models[1] })).problems).toEqual([]);
    expect(activeId()).toBe(models[0]);
  });

  it("of two that expect the same active model at once, lets one through", async () => {
    const expectedActive = models[0];
    const results = await Promise.all([
      activate({ id: models[1], expectedActive }),
      activate({ id: models[2], expectedActive }, {}, other),
    ]);
    const through = results.filter(({ problems }) => problems.length === 0);
    expect(through).toHaveLength(1);
    const [{ model_id }] = await db.query<{ model_id: string }>("select model_id from active_model");
    expect(through[0].value?.id).toBe(model_id);
  });

  it("only checks under dryRun", async () => {
    await activate({ id: models[0] });
    const before = await history();
    const { value, problems } = await activate({ id: models[2] }, { dryRun: true });
    expect([value?.id, problems]).toEqual([models[2], []]);
    expect((await activate({ id: "999" }, { dryRun: true })).problems[0].code).toBe("UNKNOWN_MODEL");
    expect(activeId()).toBe(models[0]);
    expect(await history()).toEqual(before);
  });

  it("is not repeated under one idempotency key", async () => {
    await activate({ id: models[2] });
    const back = { idempotencyKey: "undo" };
    expect((await activate({ previous: true }, back)).value?.id).toBe(models[0]);
    expect((await activate({ previous: true }, back)).value?.id).toBe(models[0]);
    expect(activeId()).toBe(models[0]);
    expect((await activate({ id: models[1] }, back)).problems[0].code).toBe("IDEMPOTENCY_KEY_REUSED");
  });

  it.each([
    [{}, "id is null; expected exactly one of id, and previous: true"],
    [{ id: "1", previous: true }, 'id is "1"; expected exactly one of id, and previous: true'],
  ])("names exactly one model: %j is refused", async (activation, message) => {
    expect((await activate(activation)).problems).toEqual([{ code: "INVALID_VALUE", message, path: ["id"] }]);
  });

  it("of an unknown model is refused", async () => {
    for (const id of ["999", "9".repeat(30)]) {
      expect((await activate({ id })).problems).toEqual([
        {
          code: "UNKNOWN_MODEL",
          message: `there is no model ${id}; expected the id of a stored model`,
          path: ["id"],
        },
      ]);
    }
  });
});
