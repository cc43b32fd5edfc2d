import { beforeAll, describe, expect, it } from "vitest";
import { globalId } from "../../src/schema/globalId.ts";
import { type Gateway, openGateway } from "./openGateway.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway();
});
const ask: Gateway["ask"] = (...question) => gateway.ask(...question);

describe("one entity", () => {
  const ENTITY = `query ($by: EntityBy!) { entity(by: $by) {
    id key type name aliases description attributes isItem revision mergedKeys
    degree out: degree(direction: OUT) scott: degree(relation: "directed_by")
  } }`;

  it("is found by key and by its global id, with all its fields", async () => {
    const byKey = await ask(ENTITY, { by: { key: "movie:alien" } });
    expect(byKey).toMatchObject({ errors: [] });
    // Alien: 3 triples out (director, star, genre) and 1 in (Aliens follows it).
    expect(byKey.data.entity).toEqual({
      id: globalId("Entity", gateway.films.entities["movie:alien"]),
      ...{ key: "movie:alien", type: "movie", name: "Alien", aliases: ["Alien: The Director's Cut"] },
      ...{ description: null, attributes: {}, isItem: true, revision: 1, mergedKeys: [] },
      ...{ degree: 4, out: 3, scott: 1 },
    });
    expect((await ask(ENTITY, { by: { id: byKey.data.entity.id } })).data).toEqual(byKey.data);
  });

  it("is null where unknown", async () => {
    expect(await ask(ENTITY, { by: { key: "movie:none" } })).toMatchObject({
      data: { entity: null },
      errors: [],
    });
    const id = globalId("Entity", "999999");
    expect(await ask(ENTITY, { by: { id } })).toMatchObject({ data: { entity: null }, errors: [] });
  });

  it("is refused where it is named twice or not at all", async () => {
    for (const by of [{ id: "x", key: "y" }, {}, { key: null }]) {
      const { errors } = await ask(ENTITY, { by });
      expect(errors).toMatchObject([{ code: "BAD_USER_INPUT" }]);
    }
  });

  it("is refused with the value named where the id is malformed or names something else", async () => {
    const triple = globalId("Triple", "1");
    for (const id of ["nonsense", triple]) {
      const { data, errors } = await ask(ENTITY, { by: { id } });
      expect(data).toEqual({ entity: null });
      expect(errors).toMatchObject([{ code: "BAD_USER_INPUT", message: expect.stringContaining(`"${id}"`) }]);
    }
  });

  it("gives its changes, newest first", async () => {
    const { data } = await ask(
      `{ entity(by: { key: "movie:alien" }) { changes(first: 5) { nodes { id revision kind actor reason at } } } }`,
    );
    expect(data.entity.changes.nodes).toEqual([
      {
        id: globalId("Change", "1"),
        revision: "1",
        kind: "import",
        actor: "films",
        reason: "the film graph of the tests",
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      },
    ]);
  });
});

describe("lists", () => {
  const NAMES = `query ($search: String, $filter: EntityFilter, $orderBy: EntityOrder, $first: Int, $after: String,
      $last: Int, $before: String) {
    entities(search: $search, filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
      nodes { name } edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
  const names = async (variables: Record<string, unknown>) =>
    (await ask(NAMES, variables)).data.entities.nodes.map(({ name }: { name: string }) => name);

  it("of entities are by name unless told otherwise, also where the order is null", async () => {
    const movies = { filter: { types: ["movie"] } };
    const sorted = ["Alien", "Aliens", "Blade Runner", "Gladiator", "The Terminator", "Titanic"];
    expect(await names(movies)).toEqual(sorted);
    expect(await names({ ...movies, orderBy: null })).toEqual(sorted);
    expect(await names({ ...movies, orderBy: "NAME_DESC" })).toEqual(sorted.toReversed());
  });

  it("of entities are searched, and filtered by what they are related to", async () => {
    expect((await names({ search: "ripley scot", orderBy: "RELEVANCE" }))[0]).toBe("Ridley Scott");
    const byScott = { filter: { relatedTo: { relation: "directed_by", entity: "person:ridley-scott" } } };
    expect(await names(byScott)).toEqual(["Alien", "Blade Runner", "Gladiator"]);
  });

  it("go on behind a cursor and back before it", async () => {
    const filter = { types: ["movie"] };
    const first = (await ask(NAMES, { filter, first: 4 })).data.entities;
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(first.edges.map(({ node }: { node: object }) => node)).toEqual(first.nodes);
    const { endCursor } = first.pageInfo;
    expect(endCursor).toBe(first.edges[3].cursor);
    const next = (await ask(NAMES, { filter, first: 4, after: endCursor })).data.entities;
    expect(next.nodes).toEqual([{ name: "The Terminator" }, { name: "Titanic" }]);
    expect(next.pageInfo.hasNextPage).toBe(false);
    expect(await names({ filter, last: 2, before: next.pageInfo.startCursor })).toEqual([
      "Blade Runner",
      "Gladiator",
    ]);
  });

  it.each([{ first: -1 }, { first: 101 }, { first: 1, last: 1 }, { after: "nonsense" }])(
    "refuse %j with the value named",
    async (page) => {
      const { errors } = await ask(NAMES, page);
      expect(errors).toMatchObject([{ code: "BAD_USER_INPUT" }]);
      expect(errors[0].message).toContain(String(Object.values(page)[0]));
    },
  );

  it("of relations carry what the relation allows and how often it is used", async () => {
    const { data } = await ask(
      `{ relation(key: "follows") { id key label inverseLabel domain range maxPerHead symmetric tripleCount revision }
         none: relation(key: "none") { id } relations(first: 2) { nodes { key } pageInfo { hasNextPage } } }`,
    );
    expect(data.relation).toEqual({
      id: globalId("Relation", gateway.films.relations.follows),
      ...{
        key: "follows",
        label: "follows",
        inverseLabel: "followed by",
        domain: ["movie"],
        range: ["movie"],
      },
      ...{ maxPerHead: 1, symmetric: false, tripleCount: 1, revision: 1 },
    });
    expect(data.none).toBeNull();
    expect(data.relations.nodes).toHaveLength(2);
    expect(data.relations.pageInfo.hasNextPage).toBe(true);
  });

  it("of triples are filtered and show every field", async () => {
    const { data } = await ask(
      `{ triples(filter: { tail: "genre:science-fiction", rank: DEPRECATED }) { nodes {
          id head { key } relation { label } tail { name } confidence rank qualifiers
          sources { name url retrievedAt method } validFrom validTo revision } } }`,
    );
    expect(data.triples.nodes).toEqual([
      {
        id: globalId("Triple", gateway.films.triples["movie:titanic has_genre genre:science-fiction"]),
        head: { key: "movie:titanic" },
        relation: { label: "has genre" },
        tail: { name: "Science Fiction" },
        ...{ confidence: expect.closeTo(0.1, 6), rank: "DEPRECATED", qualifiers: {}, revision: 1 },
        sources: [{ name: "films", url: null, retrievedAt: null, method: "IMPORT" }],
        ...{ validFrom: null, validTo: null },
      },
    ]);
  });

  it("of changes are filtered", async () => {
    const { data } = await ask(
      `{ changes(filter: { actor: "films" }) { nodes { revision } } none: changes(filter: { kind: "merge" }) { nodes { id } } }`,
    );
    expect(data).toEqual({ changes: { nodes: [{ revision: "1" }] }, none: { nodes: [] } });
  });
});

describe("global ids", () => {
  it("open an entity, a relation, a triple, a change and a model by type", async () => {
    const { entities, relations, triples } = gateway.films;
    const model = (await ask("{ models(first: 1) { nodes { id active digest } } }")).data.models.nodes[0];
    expect(model).toMatchObject({ active: true, digest: expect.stringMatching(/./) });
    const ids = [
      globalId("Triple", triples["movie:alien directed_by person:ridley-scott"]),
      globalId("Entity", entities["movie:alien"]),
      globalId("Entity", "999999"),
      globalId("Relation", relations.starring),
      globalId("Change", "1"),
      model.id,
    ];
    const { data, errors } = await ask(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id
        ... on Triple { head { name } } ... on Entity { name } ... on Relation { label } ... on Change { kind } } }`,
      { ids },
    );
    expect(errors).toEqual([]);
    expect(data.nodes).toEqual([
      { __typename: "Triple", id: ids[0], head: { name: "Alien" } },
      { __typename: "Entity", id: ids[1], name: "Alien" },
      null,
      { __typename: "Relation", id: ids[3], label: "starring" },
      { __typename: "Change", id: ids[4], kind: "import" },
      { __typename: "Model", id: ids[5] },
    ]);
    for (const id of ids) {
      const one = await ask("query ($id: ID!) { node(id: $id) { id } }", { id });
      expect(one).toMatchObject({ data: { node: id === ids[2] ? null : { id } }, errors: [] });
    }
  });

  it("fail one by one where they are malformed", async () => {
    const good = globalId("Entity", gateway.films.entities["movie:alien"]);
    const { data, errors } = await ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {
      ids: ["bad", good],
    });
    expect(data.nodes).toEqual([null, { id: good }]);
    expect(errors).toMatchObject([{ code: "BAD_USER_INPUT", path: ["nodes", 0] }]);
  });

  it("are asked for at most 100 at a time", async () => {
    const ids = Array.from({ length: 101 }, (_, id) => globalId("Entity", id));
    const { errors } = await ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids });
    expect(errors).toMatchObject([
      { code: "BAD_USER_INPUT", message: "ids has 101 values; expected at most 100" },
    ]);
  });
});

describe("paths", () => {
  const PATHS = `query ($to: String!, $maxLength: Int, $first: Int) {
    paths(from: { key: "movie:alien" }, to: { key: $to }, maxLength: $maxLength, first: $first) {
      length steps { from { name } to { name } kind direction relation { key } triple { id head { name } } weight } } }`;

  it("are shortest first, each step with the triple that it walks", async () => {
    const { data, errors } = await ask(PATHS, { to: "movie:aliens", maxLength: 2 });
    expect(errors).toEqual([]);
    // One direct (Aliens follows Alien), two by two steps: Sigourney Weaver and Science Fiction.
    expect(data.paths.map(({ length }: { length: number }) => length)).toEqual([1, 2, 2]);
    expect(data.paths[0].steps).toEqual([
      {
        ...{ from: { name: "Alien" }, to: { name: "Aliens" }, kind: "TRIPLE", direction: "IN" },
        relation: { key: "follows" },
        triple: {
          id: globalId("Triple", gateway.films.triples["movie:aliens follows movie:alien"]),
          head: { name: "Aliens" },
        },
        weight: expect.any(Number),
      },
    ]);
    // Weaver has 2 triples and Science Fiction 4 live ones, so her path is the stronger.
    expect(data.paths[1].steps[0].to.name).toBe("Sigourney Weaver");
    expect(data.paths[2].steps[0].to.name).toBe("Science Fiction");
  });

  it("are three steps at most and ten in number unless told otherwise, also where these are null", async () => {
    const defaults = await ask(PATHS, { to: "movie:gladiator", maxLength: null, first: null });
    expect(defaults.data.paths.map(({ length }: { length: number }) => length)).toEqual([2]);
    expect(await ask(PATHS, { to: "movie:gladiator", maxLength: 1 })).toMatchObject({ data: { paths: [] } });
    expect(await ask(PATHS, { to: "movie:gladiator", first: 0 })).toMatchObject({ data: { paths: [] } });
  });

  it("are refused for an unknown end or a number out of bounds, with the value named", async () => {
    const refused = async (variables: Record<string, unknown>) => (await ask(PATHS, variables)).errors[0];
    expect(await refused({ to: "movie:none" })).toMatchObject({
      code: "NOT_FOUND",
      message: 'no entity has the key "movie:none"',
    });
    expect(await refused({ to: "movie:aliens", maxLength: 7 })).toMatchObject({
      code: "BAD_USER_INPUT",
      message: "maxLength is 7; expected 1 to 6",
    });
    expect(await refused({ to: "movie:aliens", first: -1 })).toMatchObject({
      code: "BAD_USER_INPUT",
      message: "first is -1; expected 0 to 100",
    });
  });
});

describe("statements", () => {
  it("of a nested read do not grow with the size of the page", async () => {
    const NESTED = `query ($first: Int) { entities(filter: { types: ["movie"] }, first: $first) { nodes {
      name degree mergedKeys triples(first: $first) { nodes {
        relation { label tripleCount } head { name } tail { name mergedKeys } } } } } }`;
    // entities and triples with their relations and ends, degrees, mergedKeys of entities and ends, tripleCounts
    for (const first of [1, 5, 20]) {
      const { answer, statements } = await gateway.count(NESTED, { first });
      expect(answer.errors).toEqual([]);
      expect({ first, statements }).toEqual({ first, statements: 4 });
    }
  });

  it("of `nodes` are one per type, for the types of the graph", async () => {
    const { entities, relations, triples } = gateway.films;
    const ids = [
      ...Object.values(entities).map((id) => globalId("Entity", id)),
      ...Object.values(relations).map((id) => globalId("Relation", id)),
      ...Object.values(triples).map((id) => globalId("Triple", id)),
    ];
    const { answer, statements } = await gateway.count("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {
      ids,
    });
    expect(answer.data.nodes.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(statements).toBe(3);
  });
});

describe("the viewer", () => {
  it("is anonymous without a key and reads everything but proposals", async () => {
    const { data } = await ask("{ viewer { name role authenticated } }");
    expect(data.viewer).toEqual({ name: "anonymous", role: "VIEWER", authenticated: false });
    const { errors, status } = await ask("{ proposals { nodes { id } } }");
    expect(errors).toMatchObject([{ code: "UNAUTHENTICATED" }]);
    expect(status).toBe(401);
  });

  it("sees proposals as a curator, and there are none yet", async () => {
    expect((await ask("{ proposals { nodes { id } } }", {}, "VIEWER")).status).toBe(403);
    const { data } = await ask(
      "{ proposals(status: ACCEPTED) { nodes { id } pageInfo { hasNextPage } } }",
      {},
      "CURATOR",
    );
    expect(data.proposals).toEqual({ nodes: [], pageInfo: { hasNextPage: false } });
  });
});
