import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeViewer } from "../../src/access/makeViewer.ts";
import { createApp } from "../../src/app.ts";
import type { Role } from "../../src/context.ts";
import { openDatabase } from "../../src/kg/database.ts";
import { globalId } from "../../src/schema/globalId.ts";
import { type Gateway, openGateway } from "./openGateway.ts";

const COPY = "movie:gladiator-2000"; // Gladiator, once more
let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway(async (db) => {
    await db.transaction(async (tx) => {
      await tx.query("select open_change('test', 'test')");
      await tx.query(
        "insert into entity (key, type, name, is_item) values ($1, 'movie', 'Gladiator (2000)', true)",
        [COPY],
      );
      await tx.query(
        `insert into triple (head_id, relation_id, tail_id)
          select h.id, r.id, l.id from entity h, (values ('directed_by', 'person:ridley-scott'),
                 ('starring', 'person:harrison-ford')) v(relation, tail)
            join relation r on r.key = relation join entity l on l.key = tail where h.key = $1`,
        [COPY],
      );
    });
  });
});

const PAYLOAD = "change { kind reason } problems { code severity path message } graphRevision";
const FIELDS = {
  updateEntity: `mutation ($input: UpdateEntityInput!) { updateEntity(input: $input) {
    entity { id key name aliases description attributes isItem revision } merge { loopsDropped } ${PAYLOAD} } }`,
  deleteEntity: `mutation ($input: DeleteEntityInput!) { deleteEntity(input: $input) { entity { key } ${PAYLOAD} } }`,
  mergeEntities: `mutation ($input: MergeEntitiesInput!) { mergeEntities(input: $input) {
    entity { id key aliases mergedKeys degree revision } merge { triplesMoved triplesCombined loopsDropped } ${PAYLOAD} } }`,
  updateTriple: `mutation ($input: UpdateTripleInput!) { updateTriple(input: $input) {
    triple { id confidence rank qualifiers sources { name method } validFrom validTo revision } ${PAYLOAD} } }`,
  defineRelation: `mutation ($input: DefineRelationInput!) { defineRelation(input: $input) {
    relation { key label inverseLabel domain range maxPerHead symmetric tripleCount revision } ${PAYLOAD} } }`,
};
type Field = keyof typeof FIELDS;

const send = (field: Field, input: object, role?: Role) => gateway.ask(FIELDS[field], { input }, role);
async function edit(field: Field, input: object) {
  const { data, errors } = await send(field, input, "CURATOR");
  expect(errors).toEqual([]);
  return data[field];
}
const idOf = (key: string) => globalId("Entity", gateway.films.entities[key]);

it.each([
  ["updateEntity", { by: { key: "movie:alien" }, name: "x" }],
  ["deleteEntity", { by: { key: COPY }, cascade: true }],
  ["mergeEntities", { into: { key: "movie:alien" }, from: [{ key: COPY }] }],
  ["updateTriple", { id: globalId("Triple", 1), confidence: 0.1 }],
  ["defineRelation", { key: "starring", label: "x" }],
] as const)("%s needs a curator's key, and writes nothing without", async (field, input) => {
  const before = await gateway.db.query("select revision from graph");
  expect((await send(field, input)).errors).toMatchObject([{ code: "UNAUTHENTICATED" }]);
  expect((await send(field, input, "VIEWER")).errors).toMatchObject([{ code: "FORBIDDEN" }]);
  expect(await gateway.db.query("select revision from graph")).toEqual(before);
});

describe("updateEntity", () => {
  it("keeps what the input leaves out, and empties what it sets to null", async () => {
    const by = { id: idOf("genre:drama") };
    const first = await edit("updateEntity", {
      by,
      description: "Serious.",
      attributes: { a: 1 },
      aliases: ["drama"],
    });
    expect(first).toMatchObject({ problems: [], merge: null, change: { kind: "update_entity" } });
    const second = await edit("updateEntity", { by, aliases: null, expectedRevision: first.entity.revision });
    expect(second.entity).toMatchObject({
      ...{ key: "genre:drama", name: "Drama", description: "Serious.", attributes: { a: 1 } },
      ...{ aliases: [], isItem: false, revision: 3 },
    });
  });

  it("answers an overtaken revision with a problem that is an error", async () => {
    const { entity, change, problems } = await edit("updateEntity", {
      ...{ by: { key: "genre:drama" }, name: "x", expectedRevision: 1 },
    });
    expect([entity, change]).toEqual([null, null]);
    expect(problems).toMatchObject([
      { code: "REVISION_CONFLICT", severity: "ERROR", path: ["expectedRevision"] },
    ]);
  });

  it("refuses an id of something else", async () => {
    const { errors } = await send("updateEntity", { by: { id: globalId("Triple", 1) } }, "CURATOR");
    expect(errors).toMatchObject([{ code: "BAD_USER_INPUT" }]);
  });
});

describe("updateTriple and defineRelation", () => {
  it("alter a triple, and null empties", async () => {
    const id = globalId("Triple", gateway.films.triples["movie:alien starring person:sigourney-weaver"]);
    const sources = [{ name: "a book" }];
    const patch = {
      confidence: 0.5,
      qualifiers: { role: "Ripley" },
      sources,
      validFrom: "1979-05-25T00:00:00Z",
    };
    const { triple } = await edit("updateTriple", { id, ...patch, expectedRevision: 1 });
    expect(triple).toEqual({
      ...{ id, confidence: 0.5, rank: "NORMAL", qualifiers: { role: "Ripley" }, validTo: null, revision: 2 },
      ...{ sources: [{ name: "a book", method: "CURATOR" }], validFrom: "1979-05-25T00:00:00.000Z" },
    });
    const back = await edit("updateTriple", { id, confidence: 1, qualifiers: null, validFrom: null });
    expect(back.triple).toMatchObject({
      confidence: 1,
      qualifiers: {},
      validFrom: null,
      sources: [{ name: "a book" }],
    });
  });

  it("define a relation, and refuse what its triples break", async () => {
    const made = await edit("defineRelation", {
      key: "shot_in",
      inverseLabel: "place of",
      domain: ["movie"],
    });
    expect(made).toMatchObject({ problems: [], change: { kind: "define_relation" } });
    expect(made.relation).toMatchObject({ label: "shot in", domain: ["movie"], range: null, tripleCount: 0 });
    const refused = await edit("defineRelation", { key: "directed_by", range: ["company"] });
    expect(refused).toMatchObject({
      relation: null,
      problems: [{ code: "RANGE_VIOLATION", path: ["range"] }],
    });
  });
});

describe("mergeEntities", () => {
  const RECOMMENDED = `query ($user: String!) { recommendations(user: $user, first: 20) { nodes {
    item { key } explanation { evidence(first: 50) { path { steps { to { key } } } } } } } }`;
  const keysOf = (nodes: readonly { item: { key: string } }[]) => nodes.map(({ item }) => item.key);
  async function recommended(user: string) {
    const { data, errors } = await gateway.ask(RECOMMENDED, { user });
    expect(errors).toEqual([]);
    return data.recommendations.nodes;
  }

  it("makes one item of two in the recommendations, in every process", async () => {
    const otherDb = await openDatabase(gateway.db.url, { migrate: false });
    const other = await createApp(otherDb);
    afterAll(async () => {
      await other.close();
      await otherDb.close();
    });
    // Ann rated two films of Ridley Scott; Ford starred in one of them, and by the graph in the copy of Gladiator.
    expect(keysOf(await recommended("ann"))).toEqual(expect.arrayContaining(["movie:gladiator", COPY]));
    const input = { into: { key: "movie:gladiator" }, from: [{ key: COPY }], reason: "the same film" };
    const dry = await edit("mergeEntities", { ...input, dryRun: true });
    expect(dry).toMatchObject({ change: null, problems: [], merge: { triplesMoved: 1, triplesCombined: 1 } });
    const merged = await edit("mergeEntities", { ...input, expectedRevision: 1 });
    expect(merged).toMatchObject({
      entity: {
        id: idOf("movie:gladiator"),
        aliases: ["Gladiator (2000)"],
        mergedKeys: [COPY],
        degree: 3,
        revision: 3,
      },
      ...{ merge: { triplesMoved: 1, triplesCombined: 1, loopsDropped: 0 }, problems: [] },
      change: { kind: "merge_entities", reason: "the same film" },
    });
    const after = await recommended("ann");
    expect(keysOf(after)).toContain("movie:gladiator");
    expect(keysOf(after)).not.toContain(COPY);
    const gladiator = after.find(({ item }: { item: { key: string } }) => item.key === "movie:gladiator");
    const visited = JSON.stringify(gladiator.explanation.evidence);
    expect(visited).toContain("person:harrison-ford"); // the triple that came with the copy
    await other.snapshot.waitFor(merged.graphRevision, 5_000);
    const { recommender } = other.createContext(makeViewer("x", "VIEWER"));
    const elsewhere = await recommender.recommend({ user: "ann", first: 20 });
    const ids = elsewhere.edges.map(({ node }) => globalId("Entity", node.item));
    expect(ids).toContain(idOf("movie:gladiator"));
    expect(ids).toHaveLength(after.length);
  });

  it("counts what users do with the old key for the survivor", async () => {
    const RECORD = `mutation { recordInteractions(input: { interactions: [{ user: "ann", item: "${COPY}" }] }) {
      recorded problems { code } } }`;
    const { data } = await gateway.ask(RECORD, {}, "VIEWER");
    expect(data.recordInteractions).toEqual({ recorded: 1, problems: [] });
    expect(keysOf(await recommended("ann"))).not.toContain("movie:gladiator");
  });

  it("answers the old key and id with the survivor", async () => {
    const { data } = await gateway.ask(`{ entity(by: { key: "${COPY}" }) { id key } }`);
    expect(data.entity).toEqual({ id: idOf("movie:gladiator"), key: "movie:gladiator" });
  });
});

describe("deleteEntity", () => {
  it("deletes an entity with its triples where asked, and never one that users know", async () => {
    const by = { key: "person:linda-hamilton" };
    const refused = await edit("deleteEntity", { by });
    expect(refused).toMatchObject({ entity: null, problems: [{ code: "ENTITY_IN_USE", path: ["cascade"] }] });
    expect(refused.problems[0].message).toContain("has 2 triples");
    const known = await edit("deleteEntity", { by: { key: "movie:alien" }, cascade: true });
    expect(known.problems).toMatchObject([{ code: "ENTITY_IN_USE", path: ["by"] }]);
    const deleted = await edit("deleteEntity", { by, cascade: true });
    expect(deleted).toMatchObject({ entity: by, problems: [], change: { kind: "delete_entity" } });
    expect(
      (await gateway.ask('{ entity(by: { key: "person:linda-hamilton" }) { id } }')).data.entity,
    ).toBeNull();
  });
});
