import { beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../src/context.ts";
import { globalId } from "../../src/schema/globalId.ts";
import { type Gateway, openGateway } from "./openGateway.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway();
});

const CREATE = `mutation ($input: CreateEntityInput!) { createEntity(input: $input) {
  entity { id key type name aliases attributes isItem revision } change { id kind actor reason }
  problems { __typename code message path } graphRevision } }`;
const ADD = `mutation ($input: AddTripleInput!) { addTriple(input: $input) {
  triple { id head { key } relation { key } tail { key } confidence rank qualifiers sources { name url retrievedAt method } validFrom }
  change { revision kind } problems { code path } graphRevision } }`;
const RETRACT = `mutation ($input: RetractTripleInput!) { retractTriple(input: $input) {
  triple { id tail { name } } change { revision kind } problems { code path } graphRevision } }`;
const RECORD = `mutation ($input: RecordInteractionsInput!) { recordInteractions(input: $input) {
  recorded known problems { code path message } graphRevision } }`;
const FORGET = `mutation ($user: String!) { forgetUser(user: $user) { forgotten problems { code } graphRevision } }`;

const edit = (query: string, input: object, role: Role = "CURATOR") => gateway.ask(query, { input }, role);
const revisionNow = async () =>
  (await gateway.db.query<{ revision: string }>("select revision from graph"))[0].revision;

describe("who may write", () => {
  const entity = { key: "movie:prometheus", type: "movie", name: "Prometheus" };
  const triple = { head: "movie:titanic", relation: "starring", tail: "person:linda-hamilton" };
  const interaction = { user: "x", item: "movie:alien" };
  const MUTATIONS: readonly [string, string, object, Role | null, string][] = [
    ["createEntity", CREATE, { input: entity }, "VIEWER", "graph:write"],
    ["addTriple", ADD, { input: triple }, "VIEWER", "graph:write"],
    ["retractTriple", RETRACT, { input: { id: globalId("Triple", 1) } }, "VIEWER", "graph:write"],
    ["forgetUser", FORGET, { user: "ann" }, "CURATOR", "users:erase"],
    ["recordInteractions", RECORD, { input: { interactions: [interaction] } }, null, "interactions:write"],
  ];

  it.each(MUTATIONS)(
    "%s needs a key and a scope, and writes nothing without",
    async (name, query, variables, low, needed) => {
      const before = await snapshotOfTables();
      const anonymous = await gateway.ask(query, { ...variables });
      expect(anonymous).toMatchObject({
        data: null,
        errors: [
          {
            code: "UNAUTHENTICATED",
            message: `${name} needs the scope ${needed}, and so a key; expected "authorization: Bearer <key>"`,
          },
        ],
        status: 401,
      });
      if (low) {
        const refused = await gateway.ask(query, { ...variables }, low);
        expect(refused).toMatchObject({ data: null, errors: [{ code: "FORBIDDEN" }], status: 403 });
        expect(refused.errors[0].message).toBe(
          `${name} needs the scope ${needed}: the key "test ${low.toLowerCase()}" has the role ${low}; ` +
            `expected ${needed === "users:erase" ? "ADMIN" : "CURATOR or ADMIN"}`,
        );
      }
      expect(await snapshotOfTables()).toEqual(before);
    },
  );
});

function snapshotOfTables() {
  return gateway.db.query(`select (select count(*) from entity) as entities, (select count(*) from triple) as triples,
    (select count(*) from interaction) as interactions, (select revision from graph) as revision`);
}

describe("createEntity", () => {
  it("adds an entity through one change of the viewer's", async () => {
    const before = await revisionNow();
    const input = {
      ...{ key: "movie:prometheus", type: "movie", name: "Prometheus", aliases: ["Alien 5"], isItem: true },
      ...{ attributes: { year: 2012, nested: { a: [1, null] } }, reason: "it was missing" },
    };
    const { data, errors } = await edit(CREATE, input);
    expect(errors).toEqual([]);
    const { entity, change, problems, graphRevision } = data.createEntity;
    expect(problems).toEqual([]);
    const { reason, ...row } = input;
    expect(entity).toEqual({ id: expect.any(String), ...row, revision: 1 });
    expect(change).toMatchObject({ kind: "create_entity", actor: "test curator", reason });
    expect(graphRevision).toBe(String(Number(before) + 1));
    expect(
      (
        await gateway.ask("query ($id: ID!) { node(id: $id) { id ... on Entity { name } } }", {
          id: entity.id,
        })
      ).data,
    ).toEqual({ node: { id: entity.id, name: "Prometheus" } });
  });

  it("answers a taken key with a problem that leads to it, and writes nothing", async () => {
    const before = await snapshotOfTables();
    const { data, errors } = await edit(CREATE, { key: "movie:alien", type: "movie", name: "Alien" });
    expect(errors).toEqual([]);
    expect(data.createEntity).toMatchObject({
      entity: null,
      change: null,
      problems: [{ __typename: "InputProblem", code: "KEY_TAKEN", path: ["key"] }],
    });
    expect(data.createEntity.problems[0].message).toContain("movie:alien");
    expect(await snapshotOfTables()).toEqual(before);
  });

  it("writes nothing in a dry run", async () => {
    const before = await snapshotOfTables();
    const { data } = await edit(CREATE, { key: "movie:life", type: "movie", name: "Life", dryRun: true });
    expect(data.createEntity).toMatchObject({ change: null, problems: [] });
    expect(await snapshotOfTables()).toEqual(before);
  });

  it("gives the same answer to the same request under one idempotency key", async () => {
    const input = { key: "movie:legend", type: "movie", name: "Legend", idempotencyKey: "once" };
    const first = await edit(CREATE, input);
    const again = await edit(CREATE, input);
    expect(first.data.createEntity.entity).not.toBeNull();
    expect(again.data).toEqual(first.data);
  });
});

describe("addTriple and retractTriple", () => {
  it("add a triple with its sources and take it back", async () => {
    const added = await edit(ADD, {
      ...{ head: "movie:gladiator", relation: "starring", tail: "person:harrison-ford", confidence: 0.5 },
      ...{ rank: "PREFERRED", qualifiers: { role: "nobody" }, validFrom: "2000-05-05T00:00:00Z" },
      sources: [{ name: "a book", url: "https://example.org/", retrievedAt: "2024-02-03T04:05:06Z" }],
    });
    expect(added.errors).toEqual([]);
    const { triple, change, problems, graphRevision } = added.data.addTriple;
    expect(problems).toEqual([]);
    expect(triple).toMatchObject({
      ...{
        head: { key: "movie:gladiator" },
        relation: { key: "starring" },
        tail: { key: "person:harrison-ford" },
      },
      ...{
        confidence: 0.5,
        rank: "PREFERRED",
        qualifiers: { role: "nobody" },
        validFrom: "2000-05-05T00:00:00.000Z",
      },
      sources: [
        {
          name: "a book",
          url: "https://example.org/",
          retrievedAt: "2024-02-03T04:05:06.000Z",
          method: "CURATOR",
        },
      ],
    });
    expect(change).toEqual({ revision: graphRevision, kind: "add_triple" });

    const stale = await edit(RETRACT, { id: triple.id, expectedRevision: 7 });
    expect(stale.data.retractTriple).toMatchObject({
      triple: null,
      problems: [{ code: "REVISION_CONFLICT", path: ["expectedRevision"] }],
    });
    const retracted = await edit(RETRACT, { id: triple.id, expectedRevision: 1 });
    expect(retracted.data.retractTriple).toMatchObject({
      triple: { id: triple.id, tail: { name: "Harrison Ford" } },
      change: { kind: "retract_triple", revision: String(Number(graphRevision) + 1) },
      problems: [],
    });
    const NODE = "query ($id: ID!) { node(id: $id) { id } }";
    expect((await gateway.ask(NODE, { id: triple.id })).data).toEqual({ node: null });
    const again = await edit(RETRACT, { id: triple.id });
    expect(again.data.retractTriple.problems).toMatchObject([{ code: "UNKNOWN_TRIPLE", path: ["id"] }]);
  });

  it("show the graph after each edit, also where one request makes several", async () => {
    const triple = (tail: string) =>
      `addTriple(input: { head: "movie:titanic", relation: "starring", tail: "${tail}" }) { triple { head {
        degree triples(direction: OUT, relations: ["starring"]) { nodes { tail { name } } } } } }`;
    const { data, errors } = await gateway.ask(
      `mutation { a: ${triple("person:linda-hamilton")} b: ${triple("person:harrison-ford")} }`,
      {},
      "CURATOR",
    );
    expect(errors).toEqual([]);
    // Titanic has two live triples to begin with: director and drama.
    const [linda, harrison] = [{ tail: { name: "Linda Hamilton" } }, { tail: { name: "Harrison Ford" } }];
    expect(data.a.triple.head).toMatchObject({ degree: 3, triples: { nodes: [linda] } });
    expect(data.b.triple.head.degree).toBe(4);
    expect(data.b.triple.head.triples.nodes).toHaveLength(2);
    expect(data.b.triple.head.triples.nodes).toContainEqual(harrison);
  });

  it("answer what does not fit the graph with problems, not errors", async () => {
    const { data, errors } = await edit(ADD, {
      ...{ head: "person:ridley-scott", relation: "directed_by", tail: "movie:alien" },
    });
    expect(errors).toEqual([]);
    expect(data.addTriple.problems.map(({ code }: { code: string }) => code)).toContain("DOMAIN_VIOLATION");
  });

  it("refuse an id that is not a triple's", async () => {
    const id = globalId("Entity", 1);
    const { data, errors } = await edit(RETRACT, { id });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ code: "BAD_USER_INPUT", message: expect.stringContaining(id) }]);
  });
});

describe("recordInteractions and forgetUser", () => {
  const eve = { user: "eve", item: "movie:alien", kind: "view", at: "2024-03-01T00:00:00Z" };

  it("record the good rows once, name the bad ones, and erase a user again", async () => {
    const interactions = [
      eve,
      eve,
      { user: "eve", item: "movie:none" },
      { user: "eve", item: "genre:drama" },
    ];
    const { data, errors } = await edit(RECORD, { interactions }, "VIEWER");
    expect(errors).toEqual([]);
    expect(data.recordInteractions).toMatchObject({
      ...{ recorded: 1, known: 1 },
      problems: [
        { code: "UNKNOWN_ENTITY", path: ["interactions", "2", "item"] },
        { code: "NOT_AN_ITEM", path: ["interactions", "3", "item"] },
      ],
    });
    const forgotten = await gateway.ask(FORGET, { user: "eve" }, "ADMIN");
    expect(forgotten.data.forgetUser).toMatchObject({ forgotten: 1, problems: [] });
    expect((await gateway.ask(FORGET, { user: "eve" }, "ADMIN")).data.forgetUser.forgotten).toBe(0);
  });

  it("refuse more rows than one request may carry", async () => {
    const { errors } = await edit(RECORD, { interactions: Array(1_001).fill(eve) }, "VIEWER");
    expect(errors).toMatchObject([
      { code: "BAD_USER_INPUT", message: "interactions has 1001 rows; expected at most 1000 per request" },
    ]);
  });
});
