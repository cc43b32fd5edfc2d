import { beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../src/context.ts";
import { type Gateway, openGateway } from "./openGateway.ts";

const ANSWER = `query ($question: String!, $first: Int) { answer(question: $question, first: $first) {
  question interpretation understood unknownWords isCount totalCount isComplete
  answers { entity { key name } paths { length steps { from { key } relation { key } to { key } direction triple { id } } } } } }`;
const DUPLICATES = `query ($first: Int, $after: String, $minScore: Float) {
  duplicates(first: $first, after: $after, minScore: $minScore) {
    nodes { entity { key } other { key } score reasons } pageInfo { hasNextPage endCursor } } }`;
const REFUSE = `mutation ($input: RefuseDuplicateInput!) { refuseDuplicate(input: $input) {
  problems { code path message } graphRevision } }`;
const CREATE = `mutation ($input: CreateEntityInput!) { createEntity(input: $input) { problems { code } graphRevision } }`;
const ADD = `mutation ($input: AddTripleInput!) { addTriple(input: $input) { problems { code } graphRevision } }`;
const MERGE = `mutation ($input: MergeEntitiesInput!) { mergeEntities(input: $input) { problems { code message } } }`;

let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway();
});
const edit = (query: string, input: object, role: Role = "CURATOR") => gateway.ask(query, { input }, role);

describe("answer", () => {
  it("is open to any viewer, and shows the very triples that lead to the answer", async () => {
    const { data, errors } = await gateway.ask(ANSWER, {
      question: "Who stars in the films of James Cameron?",
    });
    expect(errors).toEqual([]);
    expect(data.answer).toMatchObject({
      interpretation: "whoever appears in a film directed by James Cameron",
      ...{ totalCount: 2, isCount: false, isComplete: true, unknownWords: [] },
    });
    const answers = data.answer.answers;
    expect(answers.map(({ entity }: { entity: { key: string } }) => entity.key)).toEqual([
      "person:linda-hamilton",
      "person:sigourney-weaver",
    ]);
    const { triples } = gateway.films;
    const ids = answers[0].paths[0].steps.map(({ triple }: { triple: { id: string } }) => triple.id);
    const steps = answers[0].paths[0].steps;
    expect(
      steps.map(({ from, relation, to, direction }: Record<string, { key: string }>) => [
        from.key,
        relation.key,
        to.key,
        direction,
      ]),
    ).toEqual([
      ["person:james-cameron", "directed_by", "movie:terminator", "IN"],
      ["movie:terminator", "starring", "person:linda-hamilton", "OUT"],
    ]);
    const shown = await gateway.ask(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Triple { head { key } } } }`,
      { ids },
    );
    expect(shown.data.nodes).toEqual([
      { head: { key: "movie:terminator" } },
      { head: { key: "movie:terminator" } },
    ]);
    expect(triples["movie:terminator starring person:linda-hamilton"]).toBeDefined();
  });

  it("counts, bounds the page, and takes a constant number of statements", async () => {
    const question = "How many films did Ridley Scott direct?";
    const { data } = await gateway.ask(ANSWER, { question, first: 1 });
    expect(data.answer).toMatchObject({ isCount: true, totalCount: 3 });
    expect(data.answer.answers).toHaveLength(1);
    const one = await gateway.count(ANSWER, { question, first: 1 });
    const three = await gateway.count(ANSWER, { question, first: 3 });
    expect(three.statements).toBe(one.statements);
    expect(one.statements).toBeLessThanOrEqual(4);
  });

  it("never walks a deprecated triple, and sees an edit at once", async () => {
    const question = "Which films are of the genre Science Fiction?";
    const keys = async () => {
      const { data } = await gateway.ask(ANSWER, { question });
      return data.answer.answers.map(({ entity }: { entity: { key: string } }) => entity.key);
    };
    const before = ["movie:alien", "movie:aliens", "movie:blade-runner", "movie:terminator"];
    expect(await keys()).toEqual(before); // Titanic's is deprecated
    const created = await edit(CREATE, { key: "movie:brazil", type: "movie", name: "Brazil", isItem: true });
    expect(created.data.createEntity.problems).toEqual([]);
    await edit(ADD, { head: "movie:brazil", relation: "has_genre", tail: "genre:science-fiction" });
    expect(await keys()).toEqual([...before.slice(0, 3), "movie:brazil", "movie:terminator"]);
  });

  it("says which words it does not know, and refuses what is no question", async () => {
    const { data } = await gateway.ask(ANSWER, { question: "Who composed Alien?" });
    expect(data.answer).toMatchObject({ interpretation: null, unknownWords: ["composed"], answers: [] });
    expect((await gateway.ask(ANSWER, { question: " " })).errors).toMatchObject([
      { code: "BAD_USER_INPUT", message: "question is blank; expected 1 to 500 characters" },
    ]);
    expect((await gateway.ask(ANSWER, { question: "x".repeat(501) })).errors[0].message).toBe(
      "question is 501 characters long; expected 1 to 500 characters",
    );
  });
});

describe("duplicates", () => {
  const pairs = async (variables: object = {}) => {
    const { data, errors } = await gateway.ask(DUPLICATES, { ...variables }, "CURATOR");
    expect(errors).toEqual([]);
    return data.duplicates;
  };
  const namesOf = ({ nodes }: { nodes: { entity: { key: string }; other: { key: string } }[] }) =>
    nodes.map(({ entity, other }) => `${entity.key} ${other.key}`);

  beforeAll(async () => {
    for (const [key, name] of [
      ["person:scott-r", "Ridley Scott"],
      ["person:cameron-j", "James Cameron"],
      ["person:cameron-jim", "Jim Cameron"],
    ]) {
      expect((await edit(CREATE, { key, type: "person", name })).data.createEntity.problems).toEqual([]);
    }
  });

  it("are for curators", async () => {
    expect((await gateway.ask(DUPLICATES, {}, "VIEWER")).errors).toMatchObject([{ code: "FORBIDDEN" }]);
    const input = { entity: "person:scott-r", other: "person:ridley-scott" };
    expect((await edit(REFUSE, input, "VIEWER")).errors).toMatchObject([{ code: "FORBIDDEN" }]);
  });

  it("are pairs of like names, likeliest first, with the reasons, page by page", async () => {
    const all = await pairs({ minScore: 0 });
    expect(namesOf(all).slice(0, 2)).toEqual([
      "person:ridley-scott person:scott-r",
      "person:james-cameron person:cameron-j",
    ]);
    expect(all.nodes[0].reasons).toEqual(["equal names"]);
    const paged: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page = await pairs({ minScore: 0, first: 1, after });
      paged.push(...namesOf(page));
      ({ hasNextPage: more, endCursor: after } = page.pageInfo);
    }
    expect(paged).toEqual(namesOf(all));
    const scores: number[] = all.nodes.map(({ score }: { score: number }) => score);
    const likely = await pairs({ minScore: 0.8 });
    expect(likely.nodes).toHaveLength(scores.filter((score) => score >= 0.8).length);
  });

  it("answer a refusal's mistakes with problems that lead to them, and write nothing in a dry run", async () => {
    const unknown = await edit(REFUSE, { entity: "person:nobody", other: "person:scott-r" });
    expect(unknown.data.refuseDuplicate.problems).toMatchObject([
      { code: "UNKNOWN_ENTITY", path: ["entity"] },
    ]);
    const same = await edit(REFUSE, { entity: "person:scott-r", other: "person:scott-r" });
    expect(same.data.refuseDuplicate.problems).toMatchObject([{ code: "INVALID_VALUE", path: ["other"] }]);
    const pair = { entity: "person:scott-r", other: "person:ridley-scott" };
    await edit(REFUSE, { ...pair, dryRun: true });
    expect(namesOf(await pairs())).toContain("person:ridley-scott person:scott-r");
  });

  it("do not come back once refused, also after an edit and after a merge into a third", async () => {
    const refused = "person:james-cameron person:cameron-j";
    const input = { entity: "person:cameron-j", other: "person:james-cameron", reason: "a namesake" };
    for (let time = 0; time < 2; time++) {
      expect((await edit(REFUSE, input)).data.refuseDuplicate.problems).toEqual([]); // twice is once
    }
    expect(namesOf(await pairs({ minScore: 0 }))).not.toContain(refused);
    await edit(CREATE, { key: "person:somebody", type: "person", name: "Some Body" });
    expect(namesOf(await pairs({ minScore: 0 }))).not.toContain(refused);
    const merged = await edit(MERGE, {
      into: { key: "person:cameron-jim" },
      from: [{ key: "person:cameron-j" }],
    });
    expect(merged.data.mergeEntities.problems).toEqual([]);
    expect(namesOf(await pairs({ minScore: 0 }))).not.toContain("person:james-cameron person:cameron-jim");
  });
});
