import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/kg/database.ts";
import { globalId } from "../../src/schema/globalId.ts";
import { type Gateway, openGateway } from "./openGateway.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway();
});
const ask: Gateway["ask"] = (...question) => gateway.ask(...question);

const EXPLANATION = `score rank bias explainedFraction sentence graphRevision model { id active }
  item { key } whyNot { reason detail scoreGap }
  components { kind weight value otherEvidence otherEvidenceCount }
  evidence(first: 500) { component attention contribution deltaIfRemoved sentence
    path { length steps { from { key name } to { key name } kind direction relation { key } triple { id } weight } } }`;

interface Told {
  readonly score: number;
  readonly bias: number;
  readonly components: readonly {
    readonly kind: string;
    readonly value: number;
    readonly otherEvidence: number;
  }[];
  readonly evidence: readonly {
    readonly component: string;
    readonly contribution: number;
    readonly sentence: string;
  }[];
}

/** The promise: score = bias + Σ components, and a component = Σ its contributions + otherEvidence. */
function assertSums({ score, bias, components, evidence }: Told) {
  expect(components.reduce((sum, { value }) => sum + value, bias)).toBeCloseTo(score, 5);
  for (const { kind, value, otherEvidence } of components) {
    const own = evidence.filter(({ component }) => component === kind);
    expect(own.reduce((sum, { contribution }) => sum + contribution, otherEvidence)).toBeCloseTo(value, 5);
  }
}

describe("recommendations", () => {
  const LIST = `query ($user: String, $interests: [String!], $first: Int, $after: String, $filter: ItemFilter, $options: RecommendationOptions) {
    recommendations(user: $user, interests: $interests, first: $first, after: $after, filter: $filter, options: $options) {
      graphRevision model { id } pageInfo { hasNextPage endCursor }
      nodes { rank score source item { key name } explanation { ${EXPLANATION} } } } }`;
  const list = async (variables: Record<string, unknown>) =>
    (await ask(LIST, variables)).data.recommendations;
  const keys = (page: { nodes: { item: { key: string } }[] }) =>
    page.nodes.map(({ item }) => item.key).sort();

  it("carry evidence that adds up to the score and starts at what the user did", async () => {
    const { data, errors } = await ask(LIST, { user: "ann" });
    expect(errors).toEqual([]);
    const { nodes, graphRevision } = data.recommendations;
    expect(graphRevision).toBe("1");
    // Ann rated Alien and Blade Runner; the four others are candidates.
    expect(keys(data.recommendations)).toEqual([
      "movie:aliens",
      "movie:gladiator",
      "movie:terminator",
      "movie:titanic",
    ]);
    expect(nodes.map(({ rank }: { rank: number }) => rank)).toEqual([1, 2, 3, 4]);
    for (const { explanation, item, score, rank } of nodes) {
      expect(explanation).toMatchObject({ item: { key: item.key }, score, rank, whyNot: null });
      assertSums(explanation);
      for (const { path } of explanation.evidence) {
        expect(["movie:alien", "movie:blade-runner"]).toContain(path.steps[0].from.key);
        expect(path.steps.at(-1).to.key).toBe(item.key);
        expect(path.length).toBe(path.steps.length);
        for (const { kind, triple } of path.steps) expect(triple !== null).toBe(kind === "TRIPLE");
      }
    }
  });

  it("say in words what the graph says", async () => {
    const { nodes } = await list({ user: "ann" });
    const gladiator = nodes.find(({ item }: { item: { key: string } }) => item.key === "movie:gladiator");
    const said = gladiator.explanation.evidence.map(({ sentence }: { sentence: string }) => sentence);
    // Gladiator shares only its director with Alien and Blade Runner, and nobody rated it with either.
    expect(said).toContain("because you rated Alien, also directed by Ridley Scott");
    expect(said).toContain("because you rated Blade Runner, also directed by Ridley Scott");
    expect(said).toContain(gladiator.explanation.sentence);
  });

  it("go on behind a cursor", async () => {
    const all = await list({ user: "ann" });
    const first = await list({ user: "ann", first: 3 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await list({ user: "ann", first: 3, after: first.pageInfo.endCursor });
    expect(rest.pageInfo.hasNextPage).toBe(false);
    expect([...first.nodes, ...rest.nodes].map(({ item }: { item: object }) => item)).toEqual(
      all.nodes.map(({ item }: { item: object }) => item),
    );
  });

  it("start from interests, filter, and include what was done on demand", async () => {
    const fromScott = await list({ interests: ["movie:gladiator"] });
    expect(fromScott.nodes[0].source).toBe("SIMILAR");
    expect(fromScott.nodes[0].explanation.sentence).toMatch(/^because you are interested in Gladiator/);
    const cameron = { has: [{ relation: "directed_by", entity: "person:james-cameron" }] };
    expect(keys(await list({ user: "ann", filter: cameron }))).toEqual([
      "movie:aliens",
      "movie:terminator",
      "movie:titanic",
    ]);
    expect(keys(await list({ user: "ann", options: { includeInteracted: true } }))).toHaveLength(6);
  });

  it("fall back on what everyone likes for an unknown user", async () => {
    const { nodes } = await list({ user: "nobody" });
    expect(nodes.length).toBeGreaterThan(0);
    for (const { source, explanation } of nodes) {
      expect(source).toBe("POPULAR");
      expect(explanation.evidence).toEqual([]);
      assertSums(explanation);
    }
    expect(nodes[0].explanation.sentence).toBe("popular with everyone here");
  });

  it.each([
    [{}, "BAD_USER_INPUT"],
    [{ user: "ann", first: 101 }, "BAD_USER_INPUT"],
    [{ user: "ann", first: -1 }, "BAD_USER_INPUT"],
    [{ user: "ann", after: "nonsense" }, "BAD_USER_INPUT"],
    [{ interests: ["movie:none"] }, "BAD_USER_INPUT"],
    [{ user: "ann", options: { diversity: 2 } }, "BAD_USER_INPUT"],
    [{ user: "ann", options: { minRevision: "soon" } }, "BAD_USER_INPUT"],
  ])("refuse %j", async (variables, code) => {
    expect((await ask(LIST, variables)).errors).toMatchObject([{ code }]);
  });

  it("take as many statements for 40 items with five paths each as for one", async () => {
    const own = await openGateway(addSequels);
    const counts: number[] = [];
    for (const first of [1, 20, 40]) {
      const { answer, statements } = await own.count(LIST.replace("first: 500", "first: 5"), {
        user: "ann",
        first,
      });
      expect(answer.errors).toEqual([]);
      const { nodes } = answer.data.recommendations;
      expect(nodes).toHaveLength(first);
      // A sequel shares director, star and genre with Alien, director and genre with Blade Runner: five paths.
      const paths = nodes.flatMap(({ explanation }: { explanation: Told }) => explanation.evidence);
      expect(paths.length).toBeGreaterThan(4 * first);
      counts.push(statements);
    }
    // the history (kept from then on), the entities (items, ends of steps, names in sentences), the relations, the triples
    expect(counts).toEqual([4, 3, 3]);
  });

  it("are made once for who asks again, and anew once anything happened that they depend on", async () => {
    const own = await openGateway();
    const again = async () => (await own.ask(LIST, { user: "ann" })).data.recommendations;
    const first = await again();
    expect(await again()).toEqual(first);

    // Somebody else's rating is a co-interaction: the live counts are others.
    const rate = (user: string, item: string) =>
      own.ask(
        `mutation ($user: String!, $item: String!) { recordInteractions(input: {interactions: [
          {user: $user, item: $item, kind: "rating", weight: 5}]}) { recorded } }`,
        { user, item },
        "ADMIN",
      );
    expect((await rate("ann", first.nodes[0].item.key)).data.recordInteractions.recorded).toBe(1);
    const without = await again();
    expect(without.nodes.map(({ item }: { item: { key: string } }) => item.key)).not.toContain(
      first.nodes[0].item.key,
    );

    const add = `mutation { addTriple(input: {head: "movie:titanic", relation: "directed_by", tail: "person:ridley-scott"}) {
      triple { id } problems { message } } }`;
    expect((await own.ask(add, {}, "CURATOR")).data.addTriple.problems).toEqual([]);
    expect(await again()).not.toEqual(without);
  });
});

/** Adds 40 films of Ridley Scott's that share genre and star with Alien. */
function addSequels(db: Database): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.query("select open_change('import', 'films', 'sequels')");
    await tx.query(`insert into entity (key, type, name, is_item)
      select 'movie:sequel-' || n, 'movie', 'Sequel ' || n, true from generate_series(1, 40) n`);
    await tx.query(`insert into triple (head_id, relation_id, tail_id)
      select h.id, x.relation_id, x.tail_id from entity h, triple x join entity alien on alien.id = x.head_id
       where h.key like 'movie:sequel-%' and alien.key = 'movie:alien'`);
  });
}

describe("explanation", () => {
  const EXPLAIN = `query ($user: String!, $item: EntityBy!) { explanation(user: $user, item: $item) {
    ${EXPLANATION} counterfactual { id relation { key } } } }`;

  it("adds up for every user and item, and its triples open", async () => {
    const movies = Object.keys(gateway.films.entities).filter((key) => key.startsWith("movie:"));
    for (const user of ["ann", "ben", "cid", "dot", "nobody"]) {
      for (const key of movies) {
        const { data, errors } = await ask(EXPLAIN, { user, item: { key } });
        expect(errors).toEqual([]);
        assertSums(data.explanation);
      }
    }
    const { data } = await ask(EXPLAIN, { user: "ann", item: { key: "movie:gladiator" } });
    const [{ path }] = data.explanation.evidence;
    const { id } = path.steps[1].triple;
    expect(id).toBe(
      globalId("Triple", gateway.films.triples["movie:gladiator directed_by person:ridley-scott"]),
    );
    const opened = await ask("query ($id: ID!) { node(id: $id) { ... on Triple { head { key } } } }", { id });
    expect(opened.data.node).toEqual({ head: { key: "movie:gladiator" } });
  });

  it("says why an item is not recommended", async () => {
    const reason = async (key: string) =>
      (await ask(EXPLAIN, { user: "ann", item: { key } })).data.explanation.whyNot?.reason;
    expect(await reason("movie:alien")).toBe("ALREADY_INTERACTED");
    expect(await reason("person:ridley-scott")).toBe("NOT_AN_ITEM");
    expect(await reason("movie:gladiator")).toBeUndefined();
  });

  it("is refused for an unknown item with its key named", async () => {
    expect((await ask(EXPLAIN, { user: "ann", item: { key: "movie:none" } })).errors).toMatchObject([
      { code: "NOT_FOUND", message: 'no entity has the key "movie:none"' },
    ]);
  });

  it("gives 500 pieces of evidence at most", async () => {
    const MANY = `{ explanation(user: "ann", item: { key: "movie:aliens" }) { evidence(first: 501) { attention } } }`;
    expect((await ask(MANY)).errors).toMatchObject([
      { code: "BAD_USER_INPUT", message: "first is 501; expected 0 to 500" },
    ]);
    const counted = await ask(
      `{ explanation(user: "ann", item: { key: "movie:aliens" }) { all: evidence(first: 500) { attention } two: evidence(first: 2) { attention } none: evidence(first: 0) { attention } five: evidence(first: null) { attention } } }`,
    );
    const { all, two, none, five } = counted.data.explanation;
    expect(two).toEqual(all.slice(0, 2));
    expect(five).toEqual(all.slice(0, 5));
    expect(none).toEqual([]);
  });

  it("changes with the graph: retracting the one shared fact leaves no path", async () => {
    const own = await openGateway();
    const id = globalId("Triple", own.films.triples["movie:gladiator directed_by person:ridley-scott"]);
    const before = await own.ask(EXPLAIN, { user: "ann", item: { key: "movie:gladiator" } });
    expect(before.data.explanation.evidence.length).toBeGreaterThan(0);
    const RETRACT =
      "mutation ($id: ID!) { retractTriple(input: { id: $id }) { graphRevision problems { code } } }";
    const { graphRevision, problems } = (await own.ask(RETRACT, { id }, "CURATOR")).data.retractTriple;
    expect(problems).toEqual([]);
    const seen = await own.ask(
      `query ($minRevision: String) { recommendations(user: "ann", options: { minRevision: $minRevision }) { graphRevision } }`,
      { minRevision: graphRevision },
    );
    expect(seen.data.recommendations.graphRevision).toBe(graphRevision);
    const after = await own.ask(EXPLAIN, { user: "ann", item: { key: "movie:gladiator" } });
    expect(after.data.explanation.evidence).toEqual([]);
    expect(after.data.explanation.score).toBeLessThan(before.data.explanation.score);
  });
});

describe("comparison", () => {
  it("names the winner, the difference and the evidence that decides", async () => {
    const { data, errors } = await ask(
      `{ comparison(user: "ann", item: { key: "movie:aliens" }, over: { key: "movie:titanic" }) {
        difference sentence item { score item { name } } over { score item { name } } because { contribution sentence } } }`,
    );
    expect(errors).toEqual([]);
    const { difference, item, over, because, sentence } = data.comparison;
    expect(difference).toBeCloseTo(item.score - over.score, 9);
    // Aliens shares star and genre with Alien and its follow-up; Titanic shares nothing live.
    expect(difference).toBeGreaterThan(0);
    expect(because.length).toBeGreaterThan(0);
    expect(sentence).toMatch(/^Aliens comes before Titanic because /);
  });

  it("is refused for one item with itself and for an unknown one", async () => {
    const compare = (over: string) =>
      ask(
        `{ comparison(user: "ann", item: { key: "movie:aliens" }, over: { key: "${over}" }) { difference } }`,
      );
    expect((await compare("movie:aliens")).errors).toMatchObject([{ code: "BAD_USER_INPUT" }]);
    expect((await compare("movie:none")).errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });
});

describe("similar and popular items", () => {
  it("are like the item, with evidence that speaks of nobody", async () => {
    const { data, errors } = await ask(
      `{ similarItems(item: { key: "movie:gladiator" }, first: 3) { score item { key } evidence { sentence } }
         entity(by: { key: "movie:gladiator" }) { similar(first: 3) { score item { key } evidence { sentence } } } }`,
    );
    expect(errors).toEqual([]);
    expect(data.entity.similar).toEqual(data.similarItems);
    const sentences = data.similarItems.flatMap(({ evidence }: { evidence: { sentence: string }[] }) =>
      evidence.map(({ sentence }) => sentence),
    );
    expect(sentences).toContain("like Gladiator, also directed by Ridley Scott");
    expect(sentences.join()).not.toContain("you");
    const missing = await ask(`{ similarItems(item: { key: "movie:none" }) { score } }`);
    expect(missing.errors).toMatchObject([{ code: "NOT_FOUND" }]);
  });

  it("are counted in a window", async () => {
    const POPULAR = `query ($window: Duration) { popularItems(first: 2, window: $window) { nodes { rank source item { key } explanation { sentence } } } }`;
    // Alien and Aliens have two ratings each, all others one.
    const all = (await ask(POPULAR)).data.popularItems.nodes;
    expect(all.map(({ item }: { item: { key: string } }) => item.key).sort()).toEqual([
      "movie:alien",
      "movie:aliens",
    ]);
    expect(all[0]).toMatchObject({
      rank: 1,
      source: "POPULAR",
      explanation: { sentence: "popular with everyone here" },
    });
    expect((await ask(POPULAR, { window: "P30D" })).data.popularItems.nodes).toEqual([]); // all are from 2024
    expect((await ask(POPULAR, { window: "P0D" })).errors).toMatchObject([{ code: "BAD_USER_INPUT" }]);
    expect((await ask(POPULAR, { window: "a month" })).errors).toMatchObject([{ code: "BAD_USER_INPUT" }]);
  });
});
