import { beforeAll, describe, expect, it } from "vitest";
import { globalId } from "../../src/schema/globalId.ts";
import { type Gateway, openGateway } from "./openGateway.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the JSON that it is
type Json = any;

let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway(); // revision 1: the films
});

async function mutate(name: string, type: string, input: object): Promise<string> {
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { graphRevision problems { message } } }`;
  const { data, errors } = await gateway.ask(query, { input }, "CURATOR");
  expect(errors).toEqual([]);
  expect(data[name].problems).toEqual([]);
  return data[name].graphRevision;
}

async function ask(query: string, variables: object = {}): Promise<Json> {
  const { data, errors } = await gateway.ask(query, { ...variables });
  expect(errors).toEqual([]);
  return data;
}

const ENTITY = `query ($by: EntityBy!, $asOf: AsOf) { entity(by: $by, asOf: $asOf) { id key name revision
  triples(direction: OUT, first: 100) { nodes { relation { label } tail { name } confidence } } } }`;
const entityAt = async (key: string, revision: string) =>
  (await ask(ENTITY, { by: { key }, asOf: { revision } })).entity;
const TRIPLES = `query ($filter: TripleFilter, $asOf: AsOf, $first: Int, $after: String) {
  triples(filter: $filter, asOf: $asOf, first: $first, after: $after) {
    nodes { id head { name } tail { name } rank } pageInfo { hasNextPage endCursor } } }`;
const triplesAt = async (revision: string, filter: object = {}) =>
  (await ask(TRIPLES, { filter, asOf: { revision }, first: 100 })).triples.nodes;

describe("asOf", () => {
  it("reads entities, their triples and what these lead to as they were, whatever became of them", async () => {
    const renamed = await mutate("updateEntity", "UpdateEntityInput", {
      by: { key: "person:ridley-scott" },
      name: "Sir Ridley",
    });
    const added = await mutate("addTriple", "AddTripleInput", {
      ...{ head: "movie:alien", relation: "starring", tail: "person:harrison-ford" },
    });
    const relabelled = await mutate("defineRelation", "DefineRelationInput", {
      key: "directed_by",
      label: "made by",
    });
    const deleted = await mutate("deleteEntity", "DeleteEntityInput", {
      by: { key: "person:ridley-scott" },
      cascade: true,
    });
    // Of Alien: the director's triple is deleted with him; stars and genre stay.
    const tell = ({ name, triples }: Json) => [
      name,
      ...triples.nodes.map(({ relation, tail }: Json) => `${relation.label} ${tail.name}`).sort(),
    ];
    const genre = "has genre Science Fiction";
    const weaver = "starring Sigourney Weaver";
    const ford = "starring Harrison Ford";
    expect(tell(await entityAt("movie:alien", "1"))).toEqual([
      "Alien",
      "directed by Ridley Scott",
      genre,
      weaver,
    ]);
    expect(tell(await entityAt("movie:alien", renamed))).toEqual([
      "Alien",
      "directed by Sir Ridley",
      genre,
      weaver,
    ]);
    expect(tell(await entityAt("movie:alien", added))).toEqual([
      "Alien",
      "directed by Sir Ridley",
      genre,
      ford,
      weaver,
    ]);
    expect(tell(await entityAt("movie:alien", relabelled))).toEqual([
      "Alien",
      genre,
      "made by Sir Ridley",
      ford,
      weaver,
    ]);
    expect(tell(await entityAt("movie:alien", deleted))).toEqual(["Alien", genre, ford, weaver]);
    expect(await entityAt("movie:alien", "0")).toBeNull();
    expect(await entityAt("person:ridley-scott", deleted)).toBeNull();
    expect(await entityAt("person:ridley-scott", "1")).toMatchObject({ name: "Ridley Scott", revision: 1 });
    const id = globalId("Entity", gateway.films.entities["person:ridley-scott"]);
    const byId = await ask(ENTITY, { by: { id }, asOf: { revision: renamed } });
    expect(byId.entity).toMatchObject({ key: "person:ridley-scott", name: "Sir Ridley", revision: 2 });
    const RELATION = `query ($asOf: AsOf) { relation(key: "directed_by", asOf: $asOf) { label } }`;
    expect(await ask(RELATION, { asOf: { revision: added } })).toEqual({
      relation: { label: "directed by" },
    });
    expect(await ask(RELATION, { asOf: { revision: deleted } })).toEqual({ relation: { label: "made by" } });
    expect(await ask(RELATION, { asOf: { revision: "0" } })).toEqual({ relation: null });
  });

  it("follows a merge from when it was made, and not before", async () => {
    const before = (await gateway.db.query<{ revision: string }>("select revision from graph"))[0].revision;
    const merged = await mutate("mergeEntities", "MergeEntitiesInput", {
      into: { key: "genre:drama" },
      from: [{ key: "genre:science-fiction" }],
    });
    expect(await entityAt("genre:science-fiction", before)).toMatchObject({ name: "Science Fiction" });
    expect(await entityAt("genre:science-fiction", merged)).toMatchObject({
      key: "genre:drama",
      name: "Drama",
    });
    const heads = async (revision: string) =>
      (await triplesAt(revision, { tail: "genre:drama" })).map(({ head }: Json) => head.name).sort();
    expect(await heads(before)).toEqual(["Gladiator", "Titanic"]);
    // Titanic's two genres are one now.
    expect(await heads(merged)).toEqual(
      ["Alien", "Aliens", "Blade Runner", "Gladiator", "Terminator", "Titanic"]
        .map((name) => (name === "Terminator" ? "The Terminator" : name))
        .sort(),
    );
    // The triples that have left it since are its own before.
    expect(
      (await triplesAt(before, { tail: "genre:science-fiction" })).map(({ head }: Json) => head.name),
    ).toContain("Alien");
  });

  it("gives at every revision the triples that the graph had when it was the newest", async () => {
    const current = async () =>
      (await gateway.db.query<{ id: string }>("select id from triple order by id")).map(({ id }) =>
        globalId("Triple", id),
      );
    const at: Record<string, string[]> = {};
    const remember = async (revision: string) => {
      at[revision] = await current();
    };
    const triple = { head: "movie:titanic", relation: "starring", tail: "person:harrison-ford" };
    await remember(await mutate("addTriple", "AddTripleInput", triple));
    const [{ id }] = await triplesAt(Object.keys(at)[0], triple);
    await remember(await mutate("updateTriple", "UpdateTripleInput", { id, rank: "DEPRECATED" }));
    await remember(await mutate("retractTriple", "RetractTripleInput", { id }));
    await remember(await mutate("addTriple", "AddTripleInput", triple));
    for (const [revision, ids] of Object.entries(at)) {
      expect((await triplesAt(revision)).map((one: Json) => one.id)).toEqual(ids);
    }
    const [first, second, third] = Object.keys(at);
    expect(await triplesAt(first, { ...triple, rank: "NORMAL" })).toHaveLength(1);
    expect(await triplesAt(second, { ...triple, rank: "NORMAL" })).toEqual([]);
    expect(await triplesAt(second, triple)).toMatchObject([{ id, rank: "DEPRECATED" }]);
    expect(await triplesAt(third, triple)).toEqual([]);
  });

  it("pages by key, and a cursor of one page goes on in the next", async () => {
    const all = (await triplesAt("1")).map(({ id }: Json) => id);
    expect(all).toHaveLength(19);
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const { triples }: Json = await ask(TRIPLES, { asOf: { revision: "1" }, first: 7, after });
      paged.push(...triples.nodes.map(({ id }: Json) => id));
      after = triples.pageInfo.hasNextPage ? triples.pageInfo.endCursor : null;
    } while (after);
    expect(paged).toEqual(all);
  });

  it("takes a time for the last revision until then", async () => {
    const [{ at, revision }] = await gateway.db.query<{ at: Date; revision: string }>(
      "select at, revision from change where kind = 'delete_entity'",
    );
    const nameAt = async (moment: Date) =>
      (await ask(ENTITY, { by: { key: "person:ridley-scott" }, asOf: { at: moment.toISOString() } })).entity
        ?.name;
    expect(await nameAt(new Date(at.getTime() - 1))).toBe("Sir Ridley");
    expect(await nameAt(new Date(at.getTime() + 1))).toBeUndefined();
    expect(Number(revision)).toBeGreaterThan(1);
    expect(await nameAt(new Date(0))).toBeUndefined();
  });

  it("refuses a revision that is still to come, or none", async () => {
    const { errors } = await gateway.ask(ENTITY, { by: { key: "movie:alien" }, asOf: { revision: "999" } });
    expect(errors).toMatchObject([
      {
        code: "BAD_USER_INPUT",
        message: expect.stringMatching(/asOf.revision is "999"; expected a number from 0 to \d+/),
      },
    ]);
    const both = { revision: "1", at: new Date().toISOString() };
    expect((await gateway.ask(ENTITY, { by: { key: "movie:alien" }, asOf: both })).errors[0].message).toMatch(
      /xactly one/,
    );
  });
});
