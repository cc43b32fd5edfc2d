import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/kg/database.ts";
import { type Gateway, openGateway } from "./openGateway.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway(addFilms);
});
const ask: Gateway["ask"] = (...question) => gateway.ask(...question);

/** 30 films of Scott's with a year each, of which a new user is told one after the other. */
function addFilms(db: Database): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.query("select open_change('import', 'films', 'more films')");
    await tx.query(`insert into entity (key, type, name, is_item, attributes)
      select 'movie:s' || n, 'movie', 'Scott ' || n, true, jsonb_build_object('year', 1970 + n)
        from generate_series(1, 30) n`);
    await tx.query(`insert into triple (head_id, relation_id, tail_id, confidence)
      select e.id, r.id, p.id, 0.5 + (e.attributes->>'year')::float / 5000 from entity e, relation r, entity p
       where e.key like 'movie:s%' and r.key = 'directed_by' and p.key = 'person:ridley-scott'`);
  });
}

const LIST = `query ($user: String, $interests: [String!], $first: Int, $after: String, $filter: ItemFilter, $options: RecommendationOptions) {
  recommendations(user: $user, interests: $interests, first: $first, after: $after, filter: $filter, options: $options) {
    graphRevision pageInfo { hasNextPage endCursor hasPreviousPage }
    nodes { rank score source confidence item { key name } explanation { score bias explainedFraction
      components { kind booster value otherEvidence } evidence(first: 100) { component contribution damping
        path { steps { to { key } relation { key } } } } } } } }`;
// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the JSON that it is
type Json = any;
const list = async (variables: Record<string, unknown>): Promise<Json> => {
  const { data, errors } = await ask(LIST, variables);
  expect(errors).toEqual([]);
  return data.recommendations;
};
const keysOf = (page: Json): string[] => page.nodes.map(({ item }: Json) => item.key);
const edit = async (mutation: string): Promise<Json> => {
  const { data, errors } = await ask(`mutation { ${mutation} }`, {}, "ADMIN");
  expect(errors).toEqual([]);
  const [answer] = Object.values<Json>(data);
  expect(answer.problems).toEqual([]);
  if (answer.graphRevision) await gateway.waitFor(answer.graphRevision);
  return answer;
};
const feedback = (said: string) =>
  edit(`addFeedback(input: { ${said} }) { problems { message } feedback { id factor } }`);

describe("filters", () => {
  it("ask for attributes, with one statement that is not asked again until an entity changes", async () => {
    const filter = { attributes: [{ name: "year", from: 1999 }] };
    expect(keysOf(await list({ user: "ann", filter })).sort()).toEqual(["movie:s29", "movie:s30"]);
    const { statements } = await gateway.count(LIST, { user: "ann", filter });
    const { statements: without } = await gateway.count(LIST, { user: "ann" });
    expect(statements).toBe(without);
    await edit(
      `updateEntity(input: { by: { key: "movie:s1" }, attributes: { year: 2024 } }) { graphRevision problems { message } }`,
    );
    expect(keysOf(await list({ user: "ann", filter })).sort()).toEqual([
      "movie:s1",
      "movie:s29",
      "movie:s30",
    ]);
  });

  it("nest", async () => {
    const cameron = { has: [{ relation: "directed_by", entity: "person:james-cameron" }] };
    const filter = { or: [{ keys: ["movie:s7"] }, { and: [cameron, { not: { keys: ["movie:titanic"] } }] }] };
    expect(keysOf(await list({ user: "ann", filter })).sort()).toEqual([
      "movie:aliens",
      "movie:s7",
      "movie:terminator",
    ]);
  });
});

describe("the fallback chain", () => {
  it("shows what filled each place: evidence, then trends, then what is popular", async () => {
    // Gladiator has one rating of 2024 only; two of today make it trend, Titanic's one of today makes it trend less.
    const now = `at: "${new Date(Date.now() - 1000).toISOString()}"`;
    await edit(`recordInteractions(input: { interactions: [
      { user: "x", item: "movie:gladiator", ${now} }, { user: "y", item: "movie:gladiator", ${now} },
      { user: "z", item: "movie:titanic", ${now} }] }) { graphRevision problems { message } }`);
    const trending = (await ask(`{ trendingItems { nodes { rank score source item { key } } } }`)).data
      .trendingItems;
    // (2 − 0)/√(0 + 1) = 2 and 1
    expect(trending.nodes).toEqual([
      { rank: 1, score: 2, source: "TRENDING", item: { key: "movie:gladiator" } },
      { rank: 2, score: 1, source: "TRENDING", item: { key: "movie:titanic" } },
    ]);
    const cold = await list({ user: "nobody" });
    expect(cold.nodes.slice(0, 2).map(({ source, item }: Json) => [source, item.key])).toEqual([
      ["TRENDING", "movie:gladiator"],
      ["TRENDING", "movie:titanic"],
    ]);
    expect(new Set(cold.nodes.slice(2).map(({ source }: Json) => source))).toEqual(new Set(["POPULAR"]));
    const popular = await list({ user: "nobody", options: { fallback: ["POPULAR"] } });
    expect(popular.nodes.every(({ source }: Json) => source === "POPULAR")).toBe(true);
    expect((await list({ user: "nobody", options: { fallback: [] } })).nodes).toEqual([]);
    const both = await list({ user: "ann", interests: ["person:james-cameron"], first: 100 });
    const sources = new Map(both.nodes.map(({ item, source }: Json) => [item.key, source]));
    expect(sources.get("movie:s3")).toBe("PERSONAL");
    expect(sources.get("movie:titanic")).toBe("SIMILAR");
  });

  it("leaves out what too little evidence speaks for", async () => {
    const all = await list({ user: "ann", first: 100 });
    for (const { confidence, explanation } of all.nodes) {
      if (explanation.components.every(({ value }: Json) => value >= 0)) {
        expect(confidence).toBeCloseTo(explanation.explainedFraction, 9);
      }
    }
    const least = 0.9;
    const sure = await list({ user: "ann", first: 100, options: { minConfidence: least } });
    expect(keysOf(sure)).toEqual(
      all.nodes.filter(({ confidence }: Json) => confidence >= least).map(({ item }: Json) => item.key),
    );
    expect((await list({ user: "nobody", options: { minConfidence: 0.01 } })).nodes).toEqual([]);
  });
});

describe("feedback", () => {
  it("keeps an item, and what an entity is linked to, from a user until it is taken back", async () => {
    const before = keysOf(await list({ user: "ann", first: 100 }));
    const item = await feedback(`user: "ann", kind: EXCLUDE, entity: "movie:s4"`);
    const after = keysOf(await list({ user: "ann", first: 100 }));
    expect(after).toEqual(before.filter((key) => key !== "movie:s4"));
    const genre = await feedback(`user: "ann", kind: EXCLUDE, entity: "person:ridley-scott"`);
    expect(keysOf(await list({ user: "ann", first: 100 })).some((key) => key.startsWith("movie:s"))).toBe(
      false,
    );
    const { data } = await ask(
      `{ explanation(user: "ann", item: { key: "movie:s5" }) { whyNot { reason } }
         feedback(user: "ann") { nodes { id kind entity { key } relation { key } factor } } }`,
      {},
      "VIEWER",
    );
    expect(data.explanation.whyNot.reason).toBe("EXCLUDED_BY_USER");
    expect(data.feedback.nodes).toMatchObject([
      { id: item.feedback.id, kind: "EXCLUDE", entity: { key: "movie:s4" }, relation: null },
      { id: genre.feedback.id, kind: "EXCLUDE", entity: { key: "person:ridley-scott" } },
    ]);
    for (const { id } of data.feedback.nodes) {
      await edit(`removeFeedback(user: "ann", id: "${id}") { problems { message } }`);
    }
    expect(keysOf(await list({ user: "ann", first: 100 }))).toEqual(before);
    expect(keysOf(await list({ user: "cid", first: 100 }))).toContain("movie:s4");
  });

  it("damps a reason: its evidence says so, and everything still adds up", async () => {
    const find = async (key: string) =>
      (await list({ user: "ann", first: 100 })).nodes.find(({ item }: Json) => item.key === key).explanation;
    const before = await find("movie:s2");
    const { id } = (await feedback(`user: "ann", kind: LESS, entity: "person:ridley-scott", factor: 0.25`))
      .feedback;
    const after = await find("movie:s2");
    expect(after.score).toBeLessThan(before.score);
    const damped = after.evidence.filter(({ path }: Json) => path.steps[0].to.key === "person:ridley-scott");
    expect(damped.length).toBeGreaterThan(0);
    for (const { damping } of damped) expect(damping).toBe(0.25);
    for (const { score, bias, components } of [before, after]) {
      expect(components.reduce((sum: number, { value }: Json) => sum + value, bias)).toBeCloseTo(score, 9);
    }
    for (const { kind, value, otherEvidence } of after.components) {
      const own = after.evidence.filter(({ component }: Json) => component === kind);
      expect(own.reduce((sum: number, one: Json) => sum + one.contribution, otherEvidence)).toBeCloseTo(
        value,
        9,
      );
    }
    // Said again it is written once; another factor takes its place.
    expect(
      (await feedback(`user: "ann", kind: LESS, entity: "person:ridley-scott", factor: 0.25`)).feedback.id,
    ).toBe(id);
    const less = await feedback(`user: "ann", kind: LESS, entity: "person:ridley-scott", factor: 0`);
    expect((await find("movie:s2")).evidence).toEqual([]);
    await edit(`removeFeedback(user: "ann", id: "${less.feedback.id}") { problems { message } }`);
    expect((await find("movie:s2")).score).toBe(before.score);
  });

  it.each([
    [`user: "ann", kind: EXCLUDE`, "INVALID_VALUE", ["entity"]],
    [`user: "ann", kind: LESS`, "INVALID_VALUE", ["entity"]],
    [`user: "ann", kind: LESS, entity: "no:body"`, "UNKNOWN_ENTITY", ["entity"]],
    [`user: "ann", kind: LESS, relation: "painted"`, "UNKNOWN_RELATION", ["relation"]],
    [`user: "ann", kind: LESS, relation: "directed_by", factor: 1`, "INVALID_VALUE", ["factor"]],
    [`user: "", kind: EXCLUDE, entity: "movie:s1"`, "INVALID_VALUE", ["user"]],
  ])("is refused where it says nothing: %s", async (said, code, path) => {
    const { data } = await ask(
      `mutation { addFeedback(input: { ${said} }) { feedback { id } problems { code path } } }`,
      {},
      "VIEWER",
    );
    expect(data.addFeedback).toEqual({ feedback: null, problems: [{ code, path }] });
  });
});

describe("sentences", () => {
  it("come in the language that is asked for, and no other", async () => {
    const said = (locale: string) =>
      ask(`{ explanation(user: "ann", item: { key: "movie:alien" }) { sentence(locale: "${locale}") whyNot { detail(locale: "${locale}") }
        evidence(first: 1) { sentence(locale: "${locale}") } } }`);
    const { sentence, whyNot, evidence } = (await said("zh-CN")).data.explanation;
    expect(sentence).toMatch(/^因为.*“Blade Runner”/);
    expect(evidence[0].sentence).toMatch(/“Blade Runner”/);
    expect(whyNot.detail).toBe("用户已经接触过这一项。");
    expect((await said("en-GB")).data.explanation.sentence).toMatch(/^because .*Blade Runner/);
    expect((await said("fr")).errors[0]).toMatchObject({
      code: "BAD_USER_INPUT",
      message: 'locale is "fr"; expected one of en, zh, or a kind of it',
    });
  });
});

describe("a page behind a cursor", () => {
  it("goes on in the list of its first page: nothing repeats and nothing vanishes while everything changes", async () => {
    const whole = await list({ user: "ann", first: 100 });
    const first = await list({ user: "ann", first: 5 });
    const seen = [...first.nodes];
    let { endCursor: after, hasNextPage: more } = first.pageInfo;
    const changes = [
      `recordInteractions(input: { interactions: [{ user: "ann", item: "movie:s11" }] }) { graphRevision problems { message } }`,
      `retractTriple(input: { id: "${await tripleOf("movie:s30")}" }) { graphRevision problems { message } }`,
      `updateEntity(input: { by: { key: "movie:s20" }, isItem: false }) { graphRevision problems { message } }`,
      `createEntity(input: { key: "movie:new", type: "movie", name: "New", isItem: true }) { graphRevision problems { message } }`,
      `recordInteractions(input: { interactions: [{ user: "bob", item: "movie:s9" }] }) { graphRevision problems { message } }`,
    ];
    for (let page = 0; more; page++) {
      if (changes[page]) await edit(changes[page]);
      const next = await list({ user: "ann", first: 5, after });
      expect(next.pageInfo.hasPreviousPage).toBe(true);
      seen.push(...next.nodes);
      after = next.pageInfo.endCursor;
      more = next.pageInfo.hasNextPage;
    }
    const told = (nodes: Json[]) =>
      nodes.map(({ rank, score, item }: Json) => ({ rank, score, key: item.key }));
    // Ann has done something with the eleventh since, at a place that no page had reached: it does not come back.
    const expected = told(whole.nodes).filter(({ key }) => key !== "movie:s11" || shown(first, key));
    expect(told(seen)).toEqual(expected);
    expect(new Set(keysOf({ nodes: seen })).size).toBe(seen.length);
    // A new list is one of now.
    const now = keysOf(await list({ user: "ann", first: 100 }));
    expect(now).not.toContain("movie:s20");
    expect(now).not.toContain("movie:s11");
  });

  it("is refused with other arguments than its list", async () => {
    const { pageInfo } = await list({ user: "ann", first: 2 });
    const { errors } = await ask(LIST, { user: "ben", first: 2, after: pageInfo.endCursor });
    expect(errors).toMatchObject([
      { code: "BAD_USER_INPUT", message: expect.stringContaining("other arguments") },
    ]);
  });

  it("says so where its list cannot be made again", async () => {
    const { pageInfo } = await list({ user: "dot", first: 2 });
    await edit(
      `recordInteractions(input: { interactions: [{ user: "dot", item: "movie:s8" }] }) { graphRevision problems { message } }`,
    );
    await edit(`forgetUser(user: "dot") { graphRevision problems { message } }`);
    const { errors } = await ask(LIST, { user: "dot", first: 2, after: pageInfo.endCursor });
    expect(errors).toMatchObject([{ code: "CONFLICT", message: expect.stringContaining("erased") }]);
  });

  it.each(["popularItems", "trendingItems"])(
    "of %s counts what was there when the list began",
    async (field) => {
      const PAGE = `query ($after: String) { ${field}(first: 1, after: $after, window: "P3650D") {
      pageInfo { endCursor hasNextPage } nodes { rank score item { key } } } }`;
      const read = async (after: string | null) => (await ask(PAGE, { after })).data[field];
      const whole = (await ask(PAGE.replace("first: 1", "first: 100"), { after: null })).data[field].nodes;
      expect(whole.length).toBeGreaterThan(2);
      const seen: Json[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const page: Json = await read(after);
        seen.push(...page.nodes);
        after = page.pageInfo.endCursor;
        more = page.pageInfo.hasNextPage;
        await edit(`recordInteractions(input: { interactions: [
        { user: "p${seen.length}", item: "${whole.at(-1).item.key}" }, { user: "q${seen.length}", item: "${whole.at(-1).item.key}" }] }) { graphRevision problems { message } }`);
      }
      expect(seen).toEqual(whole);
    },
  );
});

const shown = (page: Json, key: string) => keysOf(page).includes(key);

async function tripleOf(head: string): Promise<string> {
  const { data } = await ask(`{ triples(filter: { head: "${head}" }) { nodes { id } } }`);
  return data.triples.nodes[0].id;
}
