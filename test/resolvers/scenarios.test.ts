import { beforeAll, expect, it } from "vitest";
import { type Gateway, openGateway } from "./openGateway.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway();
});

// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the JSON that it is
type Json = any;
const LIST = `query ($user: String, $session: [String!], $scenario: String, $first: Int, $after: String) {
  recommendations(user: $user, session: $session, scenario: $scenario, first: $first, after: $after) {
    scenario { key version } pageInfo { endCursor }
    nodes { rank source item { key } explanation { sentence components { kind booster value } evidence { path { steps { from { key } } } } } } } }`;
const list = async (variables: Record<string, unknown>): Promise<Json> => {
  const { data, errors } = await gateway.ask(LIST, variables);
  expect(errors).toEqual([]);
  return data.recommendations;
};
const keysOf = (page: Json): string[] => page.nodes.map(({ item }: Json) => item.key);
const startsOf = (page: Json) =>
  new Set(
    page.nodes.flatMap(({ explanation }: Json) =>
      explanation.evidence.map(({ path }: Json) => path.steps[0].from.key),
    ),
  );
const edit = async (mutation: string): Promise<Json> => {
  const { data, errors } = await gateway.ask(`mutation { ${mutation} }`, {}, "CURATOR");
  expect(errors).toEqual([]);
  return Object.values<Json>(data)[0];
};

it("home, similar, basket and because-you-watched come along", async () => {
  const { data } = await gateway.ask("{ scenarios { key version actor definition versions { version } } }");
  expect(data.scenarios.map(({ key }: Json) => key)).toEqual([
    "basket",
    "because-you-watched",
    "home",
    "similar",
  ]);
  expect(data.scenarios[0]).toMatchObject({ version: 1, actor: "whygraph", versions: [{ version: 1 }] });
  // Ann rated Alien, then Blade Runner.
  expect(startsOf(await list({ user: "ann", scenario: "home" }))).toEqual(
    new Set(["movie:alien", "movie:blade-runner"]),
  );
  expect(startsOf(await list({ user: "ann", scenario: "because-you-watched" }))).toEqual(
    new Set(["movie:blade-runner"]),
  );
  const similar = await list({ user: "ann", scenario: "similar", session: ["movie:titanic"] });
  expect(startsOf(similar)).toEqual(new Set(["movie:titanic"]));
  expect(similar.scenario).toEqual({ key: "similar", version: 1 });
  // What she has seen and what is in the session does not come back, and nothing is filled up.
  for (const key of ["movie:alien", "movie:blade-runner", "movie:titanic"])
    expect(keysOf(similar)).not.toContain(key);
  expect(similar.nodes.every(({ source }: Json) => source === "SIMILAR")).toBe(true);
});

it("a session is where a list starts from, before what the user did", async () => {
  const page = await list({ session: ["movie:alien", "movie:titanic"] });
  expect(keysOf(page)).not.toContain("movie:alien");
  expect(startsOf(page)).toEqual(new Set(["movie:alien", "movie:titanic"]));
  expect(page.nodes[0].explanation.sentence).toMatch(/you chose|people who chose/);
  const mixed = await list({ user: "ann", session: ["movie:titanic"], scenario: "because-you-watched" });
  expect(startsOf(mixed)).toEqual(new Set(["movie:titanic"]));
  const { errors } = await gateway.ask(LIST, { session: ["movie:none"] });
  expect(errors).toMatchObject([
    { code: "BAD_USER_INPUT", message: expect.stringContaining("session names") },
  ]);
});

it("every change is a version, and a page behind a cursor keeps the version of its list", async () => {
  const define = (more: string) =>
    edit(
      `defineScenario(input: { key: "drama", ${more} }) { problems { code message } scenario { version definition } }`,
    );
  const first = await define(
    `expectedVersion: 0, filter: { types: ["movie"] }, boosters: [{ name: "own brand", amount: 5, filter: { keys: ["movie:gladiator"] } }]`,
  );
  expect(first).toMatchObject({ problems: [], scenario: { version: 1 } });
  const before = await list({ user: "ann", scenario: "drama" });
  expect(before.nodes[0].item.key).toBe("movie:gladiator");
  expect(before.nodes[0].explanation.components.at(-1)).toEqual({
    kind: "BOOST",
    booster: "own brand",
    value: 5,
  });
  const page = await list({ user: "ann", scenario: "drama", first: 2 });
  const second = await define(`filter: { keys: ["movie:titanic"] }`);
  expect(second.scenario).toEqual({ version: 2, definition: { filter: { keys: ["movie:titanic"] } } });
  const next = await list({ user: "ann", scenario: "drama", first: 2, after: page.pageInfo.endCursor });
  expect(keysOf(next)).toEqual(keysOf(before).slice(2, 4));
  expect(next.scenario.version).toBe(1);
  expect(keysOf(await list({ user: "ann", scenario: "drama" }))).toEqual(["movie:titanic"]);
  expect((await define(`filter: { keys: ["movie:titanic"] }`)).scenario.version).toBe(2); // nothing to write
  expect((await define("expectedVersion: 1")).problems).toMatchObject([{ code: "REVISION_CONFLICT" }]);
  const gone = await edit(
    `deleteScenario(input: { key: "drama", reason: "not needed" }) { problems { code } scenario { version definition reason } }`,
  );
  expect(gone.scenario).toEqual({ version: 3, definition: null, reason: "not needed" });
  const { errors } = await gateway.ask(LIST, { user: "ann", scenario: "drama" });
  expect(errors).toMatchObject([{ code: "NOT_FOUND" }]);
  const { data } = await gateway.ask(
    `{ scenario(key: "drama", version: 1) { definition versions { version } } }`,
  );
  expect(data.scenario).toMatchObject({ definition: { filter: { types: ["movie"] } } });
  expect(data.scenario.versions.map(({ version }: Json) => version)).toEqual([3, 2, 1]);
  await expect(gateway.db.query("delete from scenario_version")).rejects.toThrow(/append-only/);
});

it.each([
  [`diversity: 2`, "diversity is 2"],
  [`newest: 0`, "newest is 0"],
  [`filter: { has: [{ relation: "directed_by", entity: "no:body" }] }`, 'entity "no:body"'],
  [`boosters: [{ name: "b", amount: 0, filter: {} }]`, '"b" adds 0'],
])("one that nobody could be recommended with is refused: %s", async (said, message) => {
  const { errors } = await gateway.ask(
    `mutation { defineScenario(input: { key: "bad", ${said} }) { problems { code } } }`,
    {},
    "CURATOR",
  );
  expect(errors).toMatchObject([{ code: "BAD_USER_INPUT", message: expect.stringContaining(message) }]);
});
