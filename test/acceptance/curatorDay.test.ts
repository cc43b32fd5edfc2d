import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDemo } from "../support/openDemo.ts";
import { runWhygraph, startServer } from "../support/server.ts";
import { expectSum, expectWalk, explain } from "./support/explanation.ts";
import { type Client, type Json, openClient } from "./support/openClient.ts";

const USER = "ada";
const [JORDAN, DIRECTOR] = ["person:jordan-cronenweth", "directed_by"];

let env: { readonly DATABASE_URL: string };
let curator: Client;
let viewer: Client;
let scratch: string;
let url: string;

beforeAll(async () => {
  env = { DATABASE_URL: await openDemo() };
  ({ url } = await startServer(env));
  curator = openClient(url, await createKey("anna", "CURATOR"));
  viewer = openClient(url, await createKey("viktor", "VIEWER"));
  scratch = await mkdtemp(join(tmpdir(), "whygraph-day-"));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

async function createKey(name: string, role: string): Promise<string> {
  const { code, stdout, stderr } = await runWhygraph(
    ["keys", "create", "--name", name, "--role", role, "--json"],
    env,
  );
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout).key;
}

/** Sends a mutation and gives its payload, which must be free of problems. */
async function edit(client: Client, field: string, input: object, more: string): Promise<Json> {
  const type = `${field[0].toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { problems { code message } ${more} } }`;
  const payload = (await client.ask(query, { input }))[field];
  expect(payload.problems).toEqual([]);
  return payload;
}

/** Keys and scores of the first twenty recommendations. */
async function recommend(): Promise<Json[]> {
  const query = `query ($user: String!) { recommendations(user: $user, first: 20) { nodes { score item { key } } } }`;
  const { nodes } = (await viewer.ask(query, { user: USER })).recommendations;
  return nodes.map(({ score, item }: Json) => [item.key, score]);
}

async function review(ids: readonly string[], more = "change { id sentence }"): Promise<Json> {
  const decisions = ids.map((id) => ({ id, decision: "ACCEPT" }));
  return edit(curator, "reviewProposals", { decisions, reason: "checked" }, more);
}

/** Explains an item to the user and sees that all of it adds up, with every path whole. */
async function explainSoundly(key: string): Promise<Json> {
  const explanation = await explain(viewer, USER, key);
  expectSum(explanation);
  expectWalk(explanation);
  return explanation;
}

const citing = (explanation: Json, relation: string, entity: string): Json[] =>
  explanation.evidence.filter(({ path }: Json) =>
    path.steps.some(
      ({ relation: one, from, to }: Json) => one?.key === relation && [from.key, to.key].includes(entity),
    ),
  );

it("lets a curator define, propose, extract, review, merge, preview, un-merge, export and look back in one day", async () => {
  const [liked, director] = await findLiked();
  const morning = await recommend();
  const target = morning.at(-1)[0]; // stays in sight, wherever it moves

  // A relation that no training has seen, and what a viewer proposes with it.
  await edit(
    curator,
    "defineRelation",
    {
      key: "photographed_by",
      label: "photographed by",
      inverseLabel: "photographed",
      domain: ["movie"],
      range: ["person"],
    },
    "relation { key label revision }",
  );
  const proposed = await edit(
    viewer,
    "proposeTriples",
    {
      reason: "credits",
      entities: [{ key: JORDAN, type: "person", name: "Jordan Cronenweth" }],
      triples: [liked, target].map((head) => ({
        head,
        relation: "photographed_by",
        tail: JORDAN,
        confidence: 0.9,
      })),
    },
    "proposals { id status conflicts { code } diff { sentence } }",
  );
  expect(proposed.proposals.map(({ status, conflicts }: Json) => [status, conflicts])).toEqual([
    ["PENDING", []],
    ["PENDING", []],
  ]);
  expect(await recommend()).toEqual(morning); // a proposal moves nothing

  const ids = proposed.proposals.map(({ id }: Json) => id);
  const refused = await viewer.send(
    `mutation ($input: ReviewProposalsInput!) { reviewProposals(input: $input) { graphRevision } }`,
    { input: { decisions: [{ id: ids[0], decision: "ACCEPT" }] } },
  );
  expect(refused.errors[0].extensions.code).toBe("FORBIDDEN");
  const accepted = await review(ids);
  const noon = await recommend();
  expect(noon).not.toEqual(morning);
  const cited = citing(await explainSoundly(target), "photographed_by", JORDAN);
  expect(cited).toHaveLength(1);
  expect(cited[0].contribution).toBeGreaterThan(0);

  // Out of a text: what it says of two films that the graph knows becomes proposals with the quoted words.
  const [one, other] = [await nameOf(liked), await nameOf(target)];
  const text = `${one} was directed by ${await nameOf(director)}. So was another: ${other} was directed by ${await nameOf(director)}.`;
  const extracted = await edit(
    curator,
    "extractTriples",
    { text, source: { name: "a magazine", method: "EXTRACTION" } },
    "proposals { id head { key } relation { key } tail { key } method confidence span { quote } conflicts { code } }",
  );
  const found = extracted.proposals.filter(
    ({ head, conflicts }: Json) => head.key === target && conflicts.length === 0,
  );
  expect(found.map(({ relation, tail }: Json) => [relation.key, tail.key])).toEqual([[DIRECTOR, director]]);
  expect(text).toContain(found[0].span.quote);
  expect((await curator.ask(`{ proposals { nodes { id } } }`)).proposals.nodes.length).toBeGreaterThan(0);
  // Nobody approves their own: somebody else proposes the same, and the curator who asked for it may not accept it.
  const own = await curator.ask(
    `mutation ($input: ReviewProposalsInput!) { reviewProposals(input: $input) { problems { code } } }`,
    { input: { decisions: [{ id: found[0].id, decision: "ACCEPT" }] } },
  );
  expect(own.reviewProposals.problems).toEqual([{ code: "OWN_PROPOSAL" }]);
  const second = openClient(url, await createKey("bella", "CURATOR"));
  await edit(
    second,
    "reviewProposals",
    { decisions: [{ id: found[0].id, decision: "ACCEPT" }] },
    "change { id }",
  );
  const afternoon = await recommend();
  expect(afternoon).not.toEqual(noon);
  expect(citing(await explainSoundly(target), DIRECTOR, director).length).toBeGreaterThan(0);

  // A merge that is a mistake: two people who are not one.
  const merged = await edit(
    curator,
    "mergeEntities",
    { into: { key: director }, from: [{ key: JORDAN }], reason: "the same?" },
    "change { id sentence } entity { key mergedKeys aliases }",
  );
  expect(merged.entity.mergedKeys).toContain(JORDAN);
  const evening = await recommend();
  expect(evening).not.toEqual(afternoon);
  const mistaken = citing(await explainSoundly(target), "photographed_by", director);
  expect(mistaken.length).toBeGreaterThan(0);

  // What would the way back do? Exactly what it then does.
  const preview = await edit(
    curator,
    "previewImpact",
    { change: { revertChange: merged.change.id }, users: [USER], first: 20 },
    "users { user moved { item { key } after { score } } entering { item { key } after { score } } leaving { item { key } } }",
  );
  await edit(
    curator,
    "revertChange",
    { id: merged.change.id, reason: "two people" },
    "change { id } reverted { id }",
  );
  const night = await recommend();
  expect(night).toEqual(afternoon);
  const [impact] = preview.users;
  for (const { item, after } of [...impact.moved, ...impact.entering]) {
    const real = night.find(([key]) => key === item.key);
    if (real) expect(after.score).toBeCloseTo(real[1], 9);
  }
  const before = new Map(evening.map(([key, score]) => [key, score]));
  expect(night.some(([key, score]) => before.get(key) !== score)).toBe(true);

  // The export has the new triples, and the history tells the day.
  const out = join(scratch, "graph.nt");
  const { code, stderr } = await runWhygraph(["export", out, "--format", "nt"], env);
  expect(code, stderr).toBe(0);
  const lines = (await readFile(out, "utf8")).split("\n");
  expect(
    lines.filter((line) => line.includes("photographed_by") && line.includes("cronenweth")).length,
  ).toBeGreaterThan(1);
  const history = await curator.ask(
    `query ($by: EntityBy!) { entity(by: $by) { mergedKeys changes(first: 10) { nodes { kind actor sentence diff { label action } } } } }`,
    { by: { key: JORDAN } },
  );
  expect(history.entity.mergedKeys).toEqual([]);
  expect(history.entity.changes.nodes.map(({ kind, actor }: Json) => [kind, actor])).toEqual([
    ["revert_change", "anna"],
    ["merge_entities", "anna"],
    ["accept_proposals", "anna"],
  ]);
  expect(accepted.change.sentence).toMatch(/anna/);
  const audit = await runWhygraph(["audit", "--log", "--json"], env);
  expect(audit.code, audit.stderr).toBe(0);
});

/** A film of the user's history, and who directed it. */
async function findLiked(): Promise<[film: string, director: string]> {
  const [[best]] = await recommend();
  const { evidence } = await explain(viewer, USER, best);
  for (const { path } of evidence) {
    const film = path.steps[0].from.key;
    const query = `query ($by: EntityBy!) { entity(by: $by) { triples(direction: OUT, relations: ["${DIRECTOR}"]) {
      nodes { tail { key } } } } }`;
    const [triple] = (await viewer.ask(query, { by: { key: film } })).entity.triples.nodes;
    if (triple) return [film, triple.tail.key];
  }
  throw new Error(`no film of ${USER}'s history has a director`);
}

async function nameOf(key: string): Promise<string> {
  return (await viewer.ask("query ($by: EntityBy!) { entity(by: $by) { name } }", { by: { key } })).entity
    .name;
}
