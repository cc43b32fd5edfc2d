import { beforeAll, describe, expect, it } from "vitest";
import { readTable } from "../support/demoFilms.ts";
import { makeDataFolder, startServer } from "../support/server.ts";
import { addTriple, retractTriple } from "./support/curate.ts";
import {
  countLive,
  EXPLANATION,
  expectSum,
  expectWalk,
  explain,
  listTriples,
} from "./support/explanation.ts";
import { type Client, type Json, openClient } from "./support/openClient.ts";

const TOP = `query ($user: String!, $minRevision: String) {
  recommendations(user: $user, first: 10, options: {minRevision: $minRevision}) { nodes {
    rank score source item { key name } explanation { ${EXPLANATION} } } } }`;

let printed: string;
let curator: Client;
const top = async (user: string, minRevision?: string): Promise<Json[]> =>
  (await curator.ask(TOP, { user, minRevision })).recommendations.nodes;

beforeAll(async () => {
  const server = await startServer({ WHYGRAPH_DATA: await makeDataFolder() });
  printed = server.stdout();
  curator = openClient(server.url, server.key);
});

describe("whygraph serve in an empty folder", () => {
  it("answers the query that it prints, as it is printed", async () => {
    const [, url, body] = /curl -s (\S+) .* -d '(.*)'\n/.exec(printed) ?? [];
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
    });
    const { data } = (await response.json()) as Json;
    const nodes = data.recommendations.edges.map(({ node }: Json) => node);
    expect(nodes.map(({ rank }: Json) => rank)).toEqual([1, 2, 3]);
    for (const { item, score, explanation } of nodes) {
      expect(item.name).toMatch(/\S/);
      expect(score).toBeGreaterThan(0);
      expect(explanation.sentence).toMatch(/^because (you|people who) rated \S/);
    }
  });

  it("recommends to 20 users with evidence that adds up, from what they rated, over triples that open", async () => {
    const rated = new Map<string, Set<string>>();
    for (const { user, item } of await readTable("interactions")) {
      rated.set(user, (rated.get(user) ?? new Set()).add(item));
    }
    const users = [...rated.keys()].slice(0, 20);
    const explanations: Json[] = [];
    for (const user of users) {
      const nodes = await top(user);
      expect(nodes.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      for (const { score, item, source, explanation } of nodes) {
        expect(explanation).toMatchObject({ score, item });
        expect(source).toBe("PERSONAL");
        expect(rated.get(user)).not.toContain(item.key);
        expectSum(explanation);
        expectWalk(explanation);
        for (const { path } of explanation.evidence)
          expect(rated.get(user)).toContain(path.steps[0].from.key);
        explanations.push(explanation);
      }
    }
    expect(explanations).toHaveLength(200);
    const triples = listTriples(explanations);
    expect(triples.length).toBeGreaterThan(200);
    expect(await countLive(curator, triples)).toBe(triples.length);
    const { node } = await curator.ask(
      "query ($id: ID!) { node(id: $id) { ... on Triple { head { name } } } }",
      {
        id: triples[0],
      },
    );
    expect(node.head.name).toMatch(/\S/);
  });
});

describe("an explanation", () => {
  it("has the score and the rank of the recommendation", async () => {
    for (const user of ["ada", "cleo"]) {
      for (const { item, score, rank } of await top(user)) {
        const told = await explain(curator, user, item.key);
        expect(told.rank).toBe(rank);
        expect(told.score).toBeCloseTo(score, 9);
        expect(told.whyNot).toBeNull();
        expectSum(told);
      }
    }
  });

  it("says why an item is not recommended", async () => {
    const rows = await readTable("interactions");
    const seen = rows.find(({ user }) => user === "ada")?.item ?? "";
    expect((await explain(curator, "ada", seen)).whyNot.reason).toBe("ALREADY_INTERACTED");
    expect((await explain(curator, "ada", "person:ridley-scott")).whyNot.reason).toBe("NOT_AN_ITEM");
    const page = await curator.ask(
      `{ recommendations(user: "ada", first: 12) { nodes { score item { key } } } }`,
    );
    const [tenth, twelfth] = [9, 11].map((place) => page.recommendations.nodes[place]);
    const outranked = await explain(curator, "ada", twelfth.item.key);
    expect(outranked).toMatchObject({ rank: 12, whyNot: { reason: "OUTRANKED" } });
    expect(outranked.whyNot.scoreGap).toBeCloseTo(tenth.score - twelfth.score, 9);
  });

  it("names triples without which the item leaves the top ten, and with which it comes back", async () => {
    let told: Json;
    for (const { item } of (await top("ada")).reverse()) {
      told = await explain(curator, "ada", item.key);
      if (told.counterfactual.length > 0) break;
    }
    const { item, score, counterfactual } = told;
    expect(counterfactual.length).toBeGreaterThan(0);
    const keys = async (revision: string) => (await top("ada", revision)).map((one) => one.item.key);
    for (const [place, triple] of counterfactual.entries()) {
      const left = await keys(await retractTriple(curator, triple.id));
      // A smallest set: it leaves with the last of them and not before.
      if (place < counterfactual.length - 1) expect(left).toContain(item.key);
      else expect(left).not.toContain(item.key);
    }
    let revision = "0";
    for (const { head, relation, tail } of counterfactual) {
      revision = await addTriple(curator, [head.key, relation.key, tail.key]);
    }
    const back = (await top("ada", revision)).find((one) => one.item.key === item.key);
    expect(back.score).toBeCloseTo(score, 6);
  });
});

describe("a comparison", () => {
  it("takes two explanations apart: the difference, and what decides", async () => {
    const [first, , , fourth] = await top("ada");
    const { comparison } = await curator.ask(
      `query ($item: EntityBy!, $over: EntityBy!) { comparison(user: "ada", item: $item, over: $over) {
        difference sentence item { score rank } over { score rank } because { contribution path { steps { to { key } } } } } }`,
      { item: { key: first.item.key }, over: { key: fourth.item.key } },
    );
    expect(comparison.item).toEqual({ score: first.score, rank: 1 });
    expect(comparison.over).toEqual({ score: fourth.score, rank: 4 });
    expect(comparison.difference).toBeCloseTo(first.score - fourth.score, 9);
    expect(comparison.sentence).toContain(`${first.item.name} comes before ${fourth.item.name} because `);
    for (const { path } of comparison.because) expect(path.steps.at(-1).to.key).toBe(first.item.key);
  });
});
