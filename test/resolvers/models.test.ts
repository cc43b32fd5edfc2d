import { beforeAll, describe, expect, it } from "vitest";
import { globalId } from "../../src/schema/globalId.ts";
import { fitHere, until } from "../jobs/support.ts";
import { type Gateway, openGateway } from "./openGateway.ts";

let gateway: Gateway;
/** Global ids of the models, in the order in which they were fitted. */
let models: string[];

const JOB = "id status progress message error actor reason input startedAt finishedAt model { id active }";
const TRAIN = `mutation ($input: TrainModelInput!) { trainModel(input: $input) {
  job { ${JOB} } model { id } change { id } problems { code message path } graphRevision } }`;
const ACTIVATE = `mutation ($input: ActivateModelInput!) { activateModel(input: $input) {
  model { id active } job { id } problems { code message path } graphRevision } }`;

beforeAll(async () => {
  const fitted: string[] = [];
  gateway = await openGateway(async (db) => {
    fitted.push(await fitHere(db), await fitHere(db, { seed: 2 }));
  });
  models = fitted.map((id) => globalId("Model", id));
});

describe("trainModel", () => {
  it("answers with its job at once, which then leads to the model that serves", async () => {
    const input = { seed: 5, reason: "nightly" };
    const { data } = await gateway.ask(TRAIN, { input }, "ADMIN");
    const { job, ...rest } = data.trainModel;
    expect(rest).toEqual({ model: null, change: null, problems: [], graphRevision: "1" });
    expect(job).toMatchObject({ actor: "test admin", reason: "nightly", finishedAt: null, model: null });
    const find = async () =>
      (await gateway.ask(`query ($id: ID!) { job(id: $id) { ${JOB} } }`, { id: job.id }, "ADMIN")).data.job;
    await until(async () => (await find()).finishedAt !== null, "the training to end");
    const done = await find();
    expect(done).toMatchObject({ status: "DONE", progress: 1, error: null, input: { seed: 5 } });
    expect(done.model).toEqual({ id: expect.any(String), active: true });
    const again = await gateway.ask("{ models(first: 1) { nodes { id config } } }");
    expect(again.data.models.nodes).toEqual([
      { id: done.model.id, config: expect.objectContaining({ seed: 5 }) },
    ]);
  });

  it("answers a setting that does not exist by a problem that leads to it", async () => {
    const { data } = await gateway.ask(TRAIN, { input: { config: { speed: 11 } } }, "ADMIN");
    expect(data.trainModel).toMatchObject({ job: null, model: null });
    expect(data.trainModel.problems).toEqual([
      {
        code: "INVALID_VALUE",
        message: expect.stringMatching(/^config\.speed is 11; expected a setting among fusion, /),
        path: ["config", "speed"],
      },
    ]);
  });

  it("ends a job with cancelJob, once", async () => {
    const { data } = await gateway.ask(TRAIN, { input: {} }, "ADMIN");
    const cancel = `mutation ($id: ID!) { cancelJob(id: $id) { job { status } problems { code } graphRevision } }`;
    const first = await gateway.ask(cancel, { id: data.trainModel.job.id }, "ADMIN");
    expect(first.data.cancelJob).toEqual({ job: { status: "CANCELLED" }, problems: [], graphRevision: "1" });
    const second = await gateway.ask(cancel, { id: data.trainModel.job.id }, "ADMIN");
    expect(second.data.cancelJob.problems).toEqual([{ code: "JOB_ENDED" }]);
  });
});

describe("activateModel", () => {
  it("makes a model serve, and returns to the one before", async () => {
    const first = await gateway.ask(ACTIVATE, { input: { id: models[0] } }, "ADMIN");
    expect(first.data.activateModel).toEqual({
      ...{ model: { id: models[0], active: true }, job: null },
      ...{ problems: [], graphRevision: "1" },
    });
    const ranked = await gateway.ask(`{ recommendations(user: "ann", first: 1) { model { id active } } }`);
    expect(ranked.data.recommendations.model).toEqual({ id: models[0], active: true });
    await gateway.ask(ACTIVATE, { input: { id: models[1], expectedActive: models[0] } }, "ADMIN");
    const back = await gateway.ask(ACTIVATE, { input: { previous: true } }, "ADMIN");
    expect(back.data.activateModel.model.id).toBe(models[0]);
  });

  it("refuses the id of another thing", async () => {
    const { errors } = await gateway.ask(ACTIVATE, { input: { id: globalId("Entity", "1") } }, "ADMIN");
    expect(errors[0]).toMatchObject({ code: "BAD_USER_INPUT", message: expect.stringMatching(/Model$/) });
  });
});

it("keeps training and activating for admins", async () => {
  for (const [query, input] of [
    [TRAIN, {}],
    [ACTIVATE, { id: models[0] }],
  ] as const) {
    expect((await gateway.ask(query, { input })).errors[0].code, query).toBe("UNAUTHENTICATED");
    expect((await gateway.ask(query, { input }, "CURATOR")).errors[0].code, query).toBe("FORBIDDEN");
  }
});

it("shows a curator the jobs that he started and no others, wherever he looks, and lets him end those", async () => {
  const [{ id: own }] = await gateway.db.query<{ id: string }>(
    `insert into job (kind, status, input, actor, finished_at)
     values ('VALIDATE', 'DONE', '{}', 'test curator', now()) returning id::text`,
  );
  const look = `query ($id: ID!) { job(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id } }`;
  const cancel = `mutation ($id: ID!) { cancelJob(id: $id) { problems { code } } }`;
  for (const [job, seen, problem] of [
    [globalId("Job", "1"), null, "UNKNOWN_JOB"], // the training of an admin
    [globalId("Job", own), { id: globalId("Job", own) }, "JOB_ENDED"],
  ] as const) {
    const { data, errors } = await gateway.ask(look, { id: job }, "CURATOR");
    expect([data, errors]).toEqual([{ job: seen, node: seen, nodes: [seen] }, []]);
    expect((await gateway.ask(cancel, { id: job }, "CURATOR")).data.cancelJob.problems).toEqual([
      { code: problem },
    ]);
    expect((await gateway.ask(look, { id: job }, "ADMIN")).data.node).toEqual({ id: job });
    for (const role of [undefined, "VIEWER"] as const) {
      const refused = await gateway.ask(look, { id: job }, role);
      const code = role ? "FORBIDDEN" : "UNAUTHENTICATED";
      expect(refused.errors.map((error) => error.code)).toEqual([code, code, code]);
    }
  }
  const listed = await gateway.ask("{ jobs { nodes { id } } }", {}, "CURATOR");
  expect(listed.data.jobs.nodes).toEqual([{ id: globalId("Job", own) }]);
  await gateway.db.query("delete from job where id = $1", [own]);
});

it("lists jobs newest first with their models, and finds one by its global id", async () => {
  const query = "{ jobs(first: 10) { nodes { id status model { id card } } pageInfo { hasNextPage } } }";
  const { data } = await gateway.ask(query, {}, "ADMIN");
  expect(data.jobs.nodes.map(({ status }: { status: string }) => status)).toEqual(["CANCELLED", "DONE"]);
  const node = await gateway.ask(
    "query ($id: ID!) { node(id: $id) { __typename ... on Job { status } } }",
    { id: data.jobs.nodes[1].id },
    "ADMIN",
  );
  expect(node.data.node).toEqual({ __typename: "Job", status: "DONE" });
});

it("tells of each model in its card what it was fitted on, and reads all cards in one statement", async () => {
  const { answer, statements } = await gateway.count("{ models(first: 10) { nodes { card } } }");
  expect(statements).toBe(2); // the page, the records of all cards
  const cards = answer.data.models.nodes.map(({ card }: { card: string }) => card);
  expect(cards).toHaveLength(3);
  expect(cards[1]).toMatch(/^# Model 2\n\nFitted \d{4}-\d\d-\d\dT.*; it does not serve now\.\n/);
  // The film graph: 4 users, 6 films, 8 ratings, 13 entities, 18 live triples, revision 1.
  expect(cards[1]).toContain(`| graph revision | 1 |
| --- | --- |
| users | 4 |
| items | 6 |
| interactions | 8 |
| entities | 13 |
| triples | 18 |
| split | the newest interaction of each user with at least 3 is held out |`);
  expect(cards[1]).toMatch(
    /\| W_u, what users did \| 1 \|\n\| W_I, popularity \| 0\.02 \|\n\| W_K, the graph \| /,
  );
  expect(cards[1]).toContain("whygraph train --seed 2 --config settings.json");
  const settings = JSON.parse(/```json\n([\s\S]*?)\n```/.exec(cards[1])![1]);
  expect(settings).toMatchObject({ fusion: "static", neighbours: 300 });
  expect(settings).not.toHaveProperty("seed");
});
