import { beforeAll, expect, it } from "vitest";
import { type Gateway, openGateway } from "./openGateway.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway();
});

const SHAPE = `key type attribute relation { key } direction minCount maxCount datatype pattern minimum allowed nodeTypes
  inverse { key } severity revision`;
const PAYLOAD = `problems { code severity path message } change { kind }`;
const DEFINE = `mutation ($input: DefineShapeInput!) { defineShape(input: $input) { shape { ${SHAPE} } ${PAYLOAD} } }`;
const DELETE = `mutation ($input: DeleteShapeInput!) { deleteShape(input: $input) { shape { key } ${PAYLOAD} } }`;
const VALIDATE = `mutation ($input: ValidateGraphInput!) { validateGraph(input: $input) {
  job { id kind status } problems { code } } }`;
const FINDINGS = `query ($job: ID, $severity: Severity, $first: Int, $after: String) {
  findingCounts(job: $job) { severity code shape count }
  findings(job: $job, severity: $severity, first: $first, after: $after) {
    nodes { severity code shape entity triple message } pageInfo { hasNextPage endCursor } } }`;

const ask = async (query: string, variables: Record<string, unknown>) => {
  const { data, errors } = await gateway.ask(query, variables, "CURATOR");
  expect(errors).toEqual([]);
  return data;
};

it("defines a shape, lists it, warns by it, and deletes it", async () => {
  const year = {
    key: "year",
    type: "movie",
    attribute: "year",
    datatype: "INTEGER",
    minimum: 1888,
    severity: "WARNING",
  };
  const { defineShape } = await ask(DEFINE, { input: { ...year, allowed: [1979, 1986] } });
  expect(defineShape).toMatchObject({ problems: [], change: { kind: "define_shape" } });
  expect(defineShape.shape).toMatchObject({
    ...year,
    allowed: [1979, 1986],
    relation: null,
    inverse: null,
    revision: 1,
  });
  const stars = { key: "stars", relation: "starring", nodeTypes: ["person"], inverse: "related_to" };
  const second = await ask(DEFINE, { input: stars });
  expect(second.defineShape.shape).toMatchObject({
    ...{ relation: { key: "starring" }, inverse: { key: "related_to" }, direction: "OUT", severity: "ERROR" },
  });
  const { shapes } = await ask("{ shapes(first: 5) { nodes { key } pageInfo { hasNextPage } } }", {});
  expect(shapes).toEqual({ nodes: [{ key: "stars" }, { key: "year" }], pageInfo: { hasNextPage: false } });
  const update = `mutation { updateEntity(input: { by: { key: "movie:alien" }, attributes: { year: 1980 } }) {
    entity { attributes } ${PAYLOAD} } }`;
  expect((await ask(update, {})).updateEntity).toEqual({
    entity: { attributes: { year: 1980 } },
    change: { kind: "update_entity" },
    problems: [
      {
        ...{ code: "SHAPE_VIOLATION", severity: "WARNING", path: ["attributes", "year"] },
        message: 'year of "movie:alien" is 1980; expected one of 1979, 1986 (shape "year")',
      },
    ],
  });
  const { deleteShape } = await ask(DELETE, { input: { key: "stars", expectedRevision: 1 } });
  expect(deleteShape).toMatchObject({
    shape: { key: "stars" },
    problems: [],
    change: { kind: "delete_shape" },
  });
});

it("refuses a pattern that needs backtracking", async () => {
  const { defineShape } = await ask(DEFINE, { input: { key: "s", attribute: "x", pattern: "(a)\\1" } });
  expect(defineShape).toMatchObject({
    shape: null,
    problems: [{ code: "INVALID_VALUE", path: ["pattern"] }],
  });
});

it("validates the graph as a job, and pages through what it found", async () => {
  const missing = { key: "length", type: "movie", attribute: "length", minCount: 1 };
  expect((await ask(DEFINE, { input: missing })).defineShape.problems).toEqual([]);
  const { validateGraph } = await ask(VALIDATE, { input: { reason: "a look" } });
  expect(validateGraph).toMatchObject({ problems: [], job: { kind: "VALIDATE", status: "QUEUED" } });
  const { id } = validateGraph.job;
  const JOB = "query ($id: ID!) { job(id: $id) { status error progress actor reason } }";
  await expect
    .poll(async () => (await gateway.ask(JOB, { id }, "ADMIN")).data.job, { timeout: 20_000, interval: 100 })
    .toEqual({ status: "DONE", error: null, progress: 1, actor: "test curator", reason: "a look" });
  const first = await ask(FINDINGS, { job: id, severity: "ERROR", first: 4 });
  expect(first.findingCounts).toEqual([
    { severity: "ERROR", code: "SHAPE_VIOLATION", shape: "length", count: 6 },
    { severity: "WARNING", code: "SHAPE_VIOLATION", shape: "year", count: 1 },
  ]);
  const { endCursor } = first.findings.pageInfo;
  const rest = await ask(FINDINGS, { severity: "ERROR", first: 4, after: endCursor }); // of the newest one
  const found = [...first.findings.nodes, ...rest.findings.nodes];
  expect(rest.findings.pageInfo.hasNextPage).toBe(false);
  expect(new Set(found.map(({ entity }) => entity)).size).toBe(6);
  expect(found[0]).toMatchObject({
    shape: "length",
    triple: null,
    message: expect.stringContaining("has 0 values"),
  });
});

it.each([
  ["defineShape", DEFINE, { input: { key: "s", attribute: "x" } }],
  ["deleteShape", DELETE, { input: { key: "year" } }],
  ["validateGraph", VALIDATE, { input: {} }],
  ["findings", FINDINGS, {}],
])("%s is for curators", async (_name, query, variables) => {
  expect((await gateway.ask(query, variables, "VIEWER")).errors[0]).toMatchObject({ code: "FORBIDDEN" });
});
