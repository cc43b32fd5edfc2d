import { beforeAll, describe, expect, it } from "vitest";
import { openDemo } from "../support/openDemo.ts";
import { startServer } from "../support/server.ts";
import { addTriple, createItem } from "./support/curate.ts";
import { EXPLANATION, expectSum } from "./support/explanation.ts";
import { type Client, type Json, openClient } from "./support/openClient.ts";
import { WIDE } from "./support/wide.ts";

const LIST = `query ($user: String, $interests: [String!], $first: Int, $after: String, $filter: ItemFilter, $options: RecommendationOptions) {
  recommendations(user: $user, interests: $interests, first: $first, after: $after, filter: $filter, options: $options) {
    pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { cursor node { rank score source item { id key name type } explanation { ${EXPLANATION} } } } } }`;
const SCOTT = { relation: "directed_by", entity: "person:ridley-scott" };

let client: Client;
beforeAll(async () => {
  const { url, key } = await startServer({ DATABASE_URL: await openDemo(), ...WIDE });
  client = openClient(url, key);
});

const page = async (variables: object): Promise<Json> =>
  (await client.ask(LIST, { ...variables })).recommendations;
const list = async (variables: object): Promise<Json[]> =>
  (await page(variables)).edges.map(({ node }: Json) => node);
const keysOf = (nodes: readonly Json[]): string[] => nodes.map(({ item }) => item.key);

async function refuse(query: string, variables: Record<string, unknown>): Promise<Json> {
  const { data, errors } = await client.send(query, variables);
  expect(data).toBeNull();
  expect(errors).toHaveLength(1);
  return { code: errors[0].extensions.code, message: errors[0].message };
}

describe("recommendations", () => {
  it.each([0, 0.5])("go page by page without repeats or gaps, diversity %d", async (diversity) => {
    const options = { diversity };
    const all = keysOf(await list({ user: "bo", first: 35, options }));
    const paged: string[] = [];
    let after: string | null = null;
    for (let number = 0; number < 5; number++) {
      const { edges, pageInfo }: Json = await page({ user: "bo", first: 7, after, options });
      expect(edges.map(({ node }: Json) => node.rank)).toEqual(
        [1, 2, 3, 4, 5, 6, 7].map((n) => n + 7 * number),
      );
      expect(pageInfo).toEqual({
        hasNextPage: true,
        hasPreviousPage: number > 0,
        endCursor: edges.at(-1).cursor,
      });
      paged.push(...keysOf(edges.map(({ node }: Json) => node)));
      after = pageInfo.endCursor;
    }
    expect(paged).toEqual(all);
    expect(new Set(paged).size).toBe(35);
  });

  it("end: the last page says so, and is followed by an empty one", async () => {
    const variables = { user: "bo", filter: { has: [SCOTT] }, first: 100 };
    const { edges, pageInfo } = await page(variables);
    expect(edges.length).toBeGreaterThan(3);
    expect(pageInfo.hasNextPage).toBe(false);
    const behind = await page({ ...variables, after: pageInfo.endCursor });
    expect(behind.edges).toEqual([]);
  });

  it("fall back on what is popular for a user whom nobody knows", async () => {
    const nodes = await list({ user: "nobody-knows", first: 5 });
    expect(nodes.map(({ source }) => source)).toEqual(Array(5).fill("POPULAR"));
    // Popularity of all times and of late, each with the weight that others' choices gave it.
    const scores = nodes.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const { explanation } of nodes) {
      expectSum(explanation);
      expect(explanation.sentence).toBe("popular with everyone here");
    }
  });

  it("start from interests alone: a director's films, each because of the director", async () => {
    const nodes = await list({ interests: [SCOTT.entity], first: 5 });
    const directed = await client.ask(
      `{ triples(filter: {relation: "directed_by", tail: "${SCOTT.entity}"}, first: 100) { nodes { head { key } } } }`,
    );
    const films = directed.triples.nodes.map(({ head }: Json) => head.key);
    for (const { source, item, explanation } of nodes) {
      expect(source).toBe("SIMILAR");
      expect(films).toContain(item.key);
      expectSum(explanation);
      expect(explanation.evidence[0].path.steps[0].from.key).toBe(SCOTT.entity);
    }
  });

  it("pass every filter", async () => {
    const horror = { relation: "has_genre", entity: "genre:horror" };
    const has = await list({ user: "ada", first: 10, filter: { has: [horror] } });
    expect(has).toHaveLength(10);
    const hasNot = await list({ user: "cleo", first: 50, filter: { hasNot: [horror] } });
    expect(hasNot).toHaveLength(50);
    const genres = async (key: string): Promise<string[]> => {
      const query = `query ($key: String!) { entity(by: {key: $key}) { triples(direction: OUT, relations: ["has_genre"]) { nodes { tail { key } } } } }`;
      const { entity } = await client.ask(query, { key });
      return entity.triples.nodes.map(({ tail }: Json) => tail.key);
    };
    for (const key of keysOf(has)) expect(await genres(key)).toContain(horror.entity);
    for (const key of keysOf(hasNot).slice(0, 10)) expect(await genres(key)).not.toContain(horror.entity);

    const [first, second] = keysOf(await list({ user: "ada", first: 2 }));
    expect(keysOf(await list({ user: "ada", first: 1, filter: { exclude: [first] } }))).toEqual([second]);
    expect(await list({ user: "ada", filter: { types: ["person"] } })).toEqual([]);
    expect((await list({ user: "ada", filter: { types: ["movie"] } })).length).toBe(10);
    expect(
      await list({ user: "ada", filter: { has: [SCOTT, { ...SCOTT, entity: "person:woody-allen" }] } }),
    ).toEqual([]);
  });

  it("have less in common the more diversity is asked for, and keep their scores and sums", async () => {
    const overlap = async (nodes: readonly Json[]) => {
      const { nodes: entities } = await client.ask(
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Entity { triples(direction: OUT, first: 50) { nodes { tail { key } } } } } }",
        { ids: nodes.map(({ item }) => item.id) },
      );
      const tails: Set<string>[] = entities.map(
        ({ triples }: Json) => new Set(triples.nodes.map(({ tail }: Json) => tail.key)),
      );
      const pairs = tails.flatMap((one, at) => tails.slice(at + 1).map((other) => [one, other]));
      return pairs.reduce((sum, [one, other]) => sum + [...one].filter((key) => other.has(key)).length, 0);
    };
    const [plain, spread] = [
      await list({ user: "dev" }),
      await list({ user: "dev", options: { diversity: 0.9 } }),
    ];
    expect(await overlap(spread)).toBeLessThan(await overlap(plain));
    for (const { score, explanation } of spread) {
      expect(explanation.score).toBe(score);
      expectSum(explanation);
    }
  });

  it.each<[Record<string, unknown>, RegExp, string?]>([
    [{ user: "ada", after: "no cursor" }, /after is "no cursor"; expected the cursor/],
    [
      { user: "ada", first: 101 },
      /first of recommendations is 101, expected at most 100/,
      "LIMIT_EXCEEDED", // before anything runs
    ],
    [{ user: "ada", first: -1 }, /first is -1; expected 0 to 100/],
    [{}, /neither user nor interests/],
    [{ interests: ["movie:none"] }, /interests names "movie:none"; expected the key of a known entity/],
    [
      { user: "ada", filter: { has: [{ ...SCOTT, relation: "none" }] } },
      /the relation "none"; expected a known key/,
    ],
    [
      { user: "ada", filter: { has: [{ ...SCOTT, entity: "none" }] } },
      /the entity "none"; expected a known key/,
    ],
    [{ user: "ada", filter: { minConfidence: 2 } }, /minConfidence is 2; expected a number from 0 to 1/],
    [{ user: "ada", options: { diversity: -1 } }, /diversity is -1; expected a number from 0 to 1/],
    [{ user: "ada", options: { minRevision: "soon" } }, /"soon"/],
  ])("refuse %j with what was expected", async (variables, message, code = "BAD_USER_INPUT") => {
    expect(await refuse(LIST, variables)).toEqual({
      code,
      message: expect.stringMatching(message),
    });
  });
});

describe("popularItems", () => {
  const POPULAR = `query ($first: Int, $after: String, $window: Duration) { popularItems(first: $first, after: $after, window: $window) {
    pageInfo { hasNextPage endCursor } nodes { rank score source item { key } explanation { ${EXPLANATION} } } } }`;

  it("are those with most interactions, page by page, for all time and in a window", async () => {
    for (const window of [null, "P100Y"]) {
      const whole = (await client.ask(POPULAR, { first: 20, window })).popularItems;
      expect(whole.nodes).toHaveLength(20);
      const first = (await client.ask(POPULAR, { first: 10, window })).popularItems;
      const second = (await client.ask(POPULAR, { first: 10, window, after: first.pageInfo.endCursor }))
        .popularItems;
      expect(keysOf([...first.nodes, ...second.nodes])).toEqual(keysOf(whole.nodes));
      for (const { explanation } of whole.nodes) expectSum(explanation);
      const scores = whole.nodes.map(({ score }: Json) => score);
      expect(scores).toEqual([...scores].sort((x, y) => y - x));
    }
    expect((await client.ask(POPULAR, { window: "PT1S" })).popularItems.nodes).toEqual([]);
    expect((await refuse(POPULAR, { window: "1 month" })).code).toBe("BAD_USER_INPUT");
  });
});

describe("similarItems", () => {
  it("are the sum of their evidence", async () => {
    const { similarItems } = await client.ask(
      `{ similarItems(item: {key: "movie:alien-1979"}, first: 20) { score item { key } evidence(first: 500) { contribution path { steps { from { key } } } } } }`,
    );
    expect(similarItems).toHaveLength(20);
    for (const { score, item, evidence } of similarItems) {
      expect(item.key).not.toBe("movie:alien-1979");
      expect(evidence.reduce((sum: number, { contribution }: Json) => sum + contribution, 0)).toBeCloseTo(
        score,
        5,
      );
      for (const { path } of evidence) expect(path.steps[0].from.key).toBe("movie:alien-1979");
    }
  });
});

describe("texts from anywhere", () => {
  it.each([
    ["movie:千と千尋の神隠し", "千と千尋の神隠し"],
    ["movie:🎬/é/ß", "Amélie 🎬 — “l’été”"],
    ["movie:'; drop table entity; --", "Robert'); DROP TABLE triple;--"],
    ['movie:"quoted"\\back', '<script>alert("hi")</script> \u0024{1} %s $1'],
    ["movie:עברית\u200f", "مرحبا\u202e"],
  ])("%s is kept, found, recommended and said as it is", async (key, name) => {
    await createItem(client, key, name);
    const minRevision = await addTriple(client, [key, "directed_by", SCOTT.entity]);
    const { entity } = await client.ask("query ($key: String!) { entity(by: {key: $key}) { key name } }", {
      key,
    });
    expect(entity).toEqual({ key, name });
    const { entities } = await client.ask(
      "query ($search: String!) { entities(search: $search, orderBy: RELEVANCE, first: 5) { nodes { key } } }",
      { search: name },
    );
    expect(entities.nodes[0]).toEqual({ key });
    const found = await list({ interests: [key], first: 3, options: { minRevision } });
    expect(found[0].explanation.sentence).toContain(name);
    const scotts = await list({ interests: [SCOTT.entity], first: 100, options: { minRevision } });
    expect(keysOf(scotts)).toContain(key);
  });

  it("are refused or answered, and never a bug of the server", async () => {
    const hostile = [
      "",
      " ",
      "\u0000",
      "a\u0000b",
      "\ud800",
      "%",
      "_",
      "\\",
      "'",
      '"',
      "x".repeat(5000),
      "🎬".repeat(600),
      "null",
      "-1",
    ];
    const queries = [
      "query ($text: String!) { recommendations(user: $text, first: 1) { nodes { rank } } }",
      "query ($text: String!) { recommendations(interests: [$text], first: 1) { nodes { rank } } }",
      'query ($text: String!) { recommendations(user: "ada", after: $text) { nodes { rank } } }',
      'query ($text: String!) { recommendations(user: "ada", options: {minRevision: $text}) { nodes { rank } } }',
      'query ($text: String!) { recommendations(user: "ada", filter: {types: [$text], exclude: [$text]}) { nodes { rank } } }',
      "query ($text: String!) { entities(search: $text, first: 2) { nodes { key } } }",
      "query ($text: String!) { entities(after: $text, first: 2) { nodes { key } } }",
      "query ($text: String!) { entity(by: {key: $text}) { key } }",
      "query ($text: ID!) { node(id: $text) { id } }",
      "query ($text: String!) { triples(filter: {head: $text}) { nodes { id } } }",
      'query ($text: String!) { explanation(user: $text, item: {key: "movie:alien-1979"}) { score } }',
      "mutation ($text: String!) { recordInteractions(input: {interactions: [{user: $text, item: $text}]}) { problems { code } } }",
      "mutation ($text: String!) { addTriple(input: {head: $text, relation: $text, tail: $text}) { problems { code } } }",
    ];
    for (const query of queries) {
      const answers = await Promise.all(hostile.map((text) => client.send(query, { text })));
      answers.forEach(({ status, errors }, place) => {
        const question = `${query} of ${JSON.stringify(hostile[place]).slice(0, 40)}`;
        expect(status, question).toBeLessThan(500);
        for (const { extensions } of errors)
          expect(["BAD_USER_INPUT", "NOT_FOUND"], question).toContain(extensions.code);
      });
    }
  });
});
