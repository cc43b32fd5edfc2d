import { beforeAll, describe, expect, it } from "vitest";
import { type App, createApp } from "../../src/app.ts";
import type { Database } from "../../src/kg/database.ts";
import type { EditOptions, TrainRequest } from "../../src/kg/types.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { startWhygraph } from "../support/server.ts";
import { adminOf, ended, findWaiting, holdTrainings, openApp, until } from "./support.ts";

const ADAM: EditOptions = { actor: "adam" };
const DONE = { status: "DONE", error: null };

let db: Database;
let app: App;
let other: App;
const train = (request: TrainRequest = {}, options = ADAM) => adminOf(app).jobs.train(request, options);
const countRows = async (table: "job" | "model") =>
  (await db.query<{ count: number }>(`select count(*)::int as count from ${table}`))[0].count;

beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  app = await openApp(db);
  other = await openApp(db);
});

describe("a training", () => {
  it("runs in a process of its own, tells how far it is, and lets its model serve", async () => {
    const { value, problems, change } = await train({ seed: 7 }, { ...ADAM, reason: "first" });
    expect(problems).toEqual([]);
    expect(change).toBeNull();
    expect(value).toMatchObject({
      ...{ kind: "TRAIN", actor: "adam", reason: "first", input: { seed: 7 } },
      ...{ finishedAt: null, modelId: null },
    });
    const job = await ended(app, value!.id);
    expect(job).toMatchObject({ status: "DONE", progress: 1, error: null, modelId: expect.any(String) });
    expect(job.startedAt?.getTime()).toBeGreaterThanOrEqual(job.createdAt.getTime());
    expect(adminOf(app).models.active().id).toBe(job.modelId);
    await until(() => adminOf(other).models.active().id === job.modelId, "the other process to follow");
    const record = await adminOf(app).models.findModel(job.modelId!);
    expect(record?.config).toMatchObject({ seed: 7 });
    // The film graph: 4 users, 6 films among 13 entities, 19 triples of which 1 is deprecated, 8 ratings.
    expect(record?.interactions).toBe(8);
    expect(record?.data).toMatchObject({ users: 4, items: 6, entities: 13, triples: 18 });
    expect(Object.keys(record?.data.sample ?? {})).toHaveLength(13);
  });

  it("fixes the settings that it is given, and leaves the serving model alone where asked", async () => {
    const before = adminOf(app).models.active().id;
    const { value } = await train({ config: { halfLife: null, neighbours: 5 }, activate: false });
    const job = await ended(app, value!.id);
    expect(job).toMatchObject(DONE);
    const record = await adminOf(app).models.findModel(job.modelId!);
    expect(record?.config).toMatchObject({ halfLife: null, neighbours: 5, seed: 1 });
    expect(adminOf(app).models.active().id).toBe(before);
  });

  it("is refused where its settings cannot be, field by field, and starts nothing", async () => {
    const jobs = await countRows("job");
    const config = { halfLive: 3, neighbours: 0, fusion: "magic", sources: [{ name: "x", kernels: [] }] };
    const { value, problems } = await train({ config, seed: -1 });
    expect(value).toBeNull();
    expect(problems.map(({ code, path }) => [code, path?.join(".")])).toEqual([
      ["INVALID_VALUE", "config.halfLive"],
      ["INVALID_VALUE", "config.neighbours"],
      ["INVALID_VALUE", "config.fusion"],
      ["INVALID_VALUE", "config.sources"],
      ["INVALID_VALUE", "seed"],
    ]);
    expect(problems[2].message).toBe(
      'config.fusion is "magic"; expected one of static, dynamic, collaborative',
    );
    expect((await train({ seed: 3 }, { ...ADAM, dryRun: true })).problems).toEqual([]);
    expect(await countRows("job")).toBe(jobs);
  });

  it("is told a second time under one idempotency key, and refused for another request under it", async () => {
    const options = { ...ADAM, idempotencyKey: "nightly" };
    const first = await train({ seed: 3 }, options);
    const again = await train({ seed: 3 }, options);
    expect(again.problems).toEqual([]);
    expect(again.value!.id).toBe(first.value!.id);
    expect((await train({ seed: 4 }, options)).problems[0].code).toBe("IDEMPOTENCY_KEY_REUSED");
    const job = await ended(app, first.value!.id);
    expect((await train({ seed: 3 }, options)).value).toEqual(job);
  });
});

describe("while a training runs", () => {
  it("a second one is refused in every process, and names the first", async () => {
    const release = await holdTrainings(db);
    const { value } = await train();
    for (const process of [app, other]) {
      const second = await adminOf(process).jobs.train({}, ADAM);
      expect(second.value?.id).toBe(value!.id);
      expect(second.problems).toEqual([
        {
          code: "TRAINING_RUNS",
          message: `job ${value!.id} of adam trains already and is 0% done; expected to wait for it, or to cancel it first`,
          path: null,
        },
      ]);
    }
    await release();
    expect(await ended(app, value!.id)).toMatchObject(DONE);
  });

  it("of many that begin at once, in two processes, one is begun", async () => {
    const release = await holdTrainings(db);
    const asked = [app, other, app, other, app].map((process) => adminOf(process).jobs.train({}, ADAM));
    const results = await Promise.all(asked);
    expect(results.filter(({ problems }) => problems.length === 0)).toHaveLength(1);
    expect(new Set(results.map(({ value }) => value!.id)).size).toBe(1);
    await release();
    await ended(app, results[0].value!.id);
  });

  it("it is cancelled from another process, stores nothing, and cannot be cancelled again", async () => {
    const release = await holdTrainings(db);
    const models = await countRows("model");
    const { value } = await train();
    const { jobs } = adminOf(other);
    await until(async () => (await jobs.findJob(value!.id))?.status === "RUNNING", "it to run");
    const cancelled = await jobs.cancel(value!.id);
    expect(cancelled.value).toMatchObject({ status: "CANCELLED", error: null, modelId: null });
    await release();
    const again = await jobs.cancel(value!.id);
    expect(again.problems[0]).toMatchObject({
      code: "JOB_ENDED",
      message: `job ${value!.id} is CANCELLED already; expected one that is queued or runs`,
    });
    expect((await jobs.cancel("999")).problems[0].code).toBe("UNKNOWN_JOB");
    expect(await countRows("model")).toBe(models);
    expect(await ended(app, (await train()).value!.id)).toMatchObject(DONE);
  });

  it("its failure is kept with its reason, and the gateway goes on", async () => {
    const release = await holdTrainings(db);
    const { value } = await train();
    await until(async () => (await findWaiting(db)).length > 0, "it to wait for the models");
    await db.query("select pg_terminate_backend(pid) from unnest($1::int[]) pid", [await findWaiting(db)]);
    const job = await ended(app, value!.id);
    expect(job).toMatchObject({ status: "FAILED", modelId: null });
    expect(job.error).toMatch(/terminat/i);
    await release();
    expect((await app.recommender.recommend({ user: "ann", first: 3 })).edges.length).toBe(3);
  });

  it("a lost connection of its own ends it, because others take it for dead", async () => {
    const release = await holdTrainings(db);
    const { value } = await train();
    await db.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'whygraph job' and datname = current_database()`);
    const job = await ended(other, value!.id);
    expect(job.status).toBe("FAILED");
    expect(job.error).toMatch(
      /^(its connection to the database was lost|the process that ran it has ended)$/,
    );
    await release();
    const next = await train();
    expect(next.problems).toEqual([]);
    expect(await ended(app, next.value!.id)).toMatchObject(DONE);
  });

  it("the end of its process, asked for, cancels it", async () => {
    const release = await holdTrainings(db);
    const brief = await createApp(db);
    const { value } = await adminOf(brief).jobs.train({}, ADAM);
    await brief.close();
    expect(await adminOf(app).jobs.findJob(value!.id)).toMatchObject({
      status: "CANCELLED",
      error: "the process that ran it was stopped",
    });
    await release();
  });

  it("the death of the whole process marks it as failed, and the next one begins", async () => {
    const release = await holdTrainings(db);
    const command = startWhygraph(["train"], { DATABASE_URL: db.url });
    const { jobs } = adminOf(other);
    let id = "";
    await until(async () => {
      const [job] = (await jobs.findJobs({ first: 1 })).edges.map(({ node }) => node);
      id = job.id;
      return job.status === "RUNNING" && job.actor === "command line";
    }, "the command to train");
    command.child.kill("SIGKILL");
    await until(async () => (await jobs.findJob(id))?.finishedAt !== null, "its death to be seen");
    expect(await jobs.findJob(id)).toMatchObject({
      status: "FAILED",
      error: "the process that ran it has ended",
    });
    await release();
    expect(await ended(app, (await train()).value!.id)).toMatchObject(DONE);
  });
});

it("lists the jobs newest first, by pages", async () => {
  const { jobs } = adminOf(app);
  const first = await jobs.findJobs({ first: 2 });
  const next = await jobs.findJobs({ first: 2, after: first.edges[1].cursor });
  const ids = [...first.edges, ...next.edges].map(({ node }) => Number(node.id));
  expect(ids).toEqual([ids[0], ids[0] - 1, ids[0] - 2, ids[0] - 3]);
  expect(first.hasNextPage).toBe(true);
});
