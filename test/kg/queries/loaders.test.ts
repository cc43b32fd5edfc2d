import { beforeAll, describe, expect, it } from "vitest";
import type { Loaders } from "../../../src/context.ts";
import type { Database } from "../../../src/kg/database.ts";
import { createLoaders } from "../../../src/kg/loaders.ts";
import type { Direction, Page, Triple } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { type Films, insertFilms } from "../../support/films.ts";

let db: Database;
let films: Films;
const namesOf = new Map<string, string>();
beforeAll(async () => {
  db = await createTestDatabase();
  films = await insertFilms(db);
  await db.transaction(async (tx) => {
    await tx.query(`select open_change('merge', 'curator')`);
    await tx.query(`insert into entity (key, type, name, merged_into) values
      ('movie:alien-older', 'movie', 'Alien (1979)', ${films.entities["movie:alien"]})`);
    await tx.query(`insert into entity (key, type, name, merged_into)
      select 'movie:alien-old', 'movie', 'Alien of old', id from entity where key = 'movie:alien-older'`);
  });
  await db.transaction(async (tx) => {
    await tx.query(`select open_change('test', 'curator')`);
    // Alien relates to itself.
    await tx.query(`insert into triple (head_id, relation_id, tail_id) values ($1, $2, $1)`, [
      films.entities["movie:alien"],
      films.relations.related_to,
    ]);
  });
  for (const [name, id] of Object.entries(films.triples)) namesOf.set(id, name);
});

const id = (key: string) => films.entities[key];
const named = (page: Page<Triple>) =>
  page.edges.map(({ node }) => namesOf.get(node.id) ?? `triple ${node.headId}-${node.tailId}`);

/** Runs `load` on fresh loaders and sees that it takes one statement. */
async function inOne<T>(load: (loaders: Loaders) => Promise<T>): Promise<T> {
  const before = db.statements;
  const result = await load(createLoaders(db));
  expect(db.statements - before).toBe(1);
  return result;
}

describe("loaders by id", () => {
  it("load many entities in one statement, in order, null where unknown, survivors for merged ones", async () => {
    const [{ id: old }] = await db.query<{ id: string }>(
      `select id from entity where key = 'movie:alien-old'`,
    );
    const ids = [id("movie:titanic"), "999999", id("movie:alien"), "abc", old, id("movie:titanic"), "007"];
    const found = await inOne(({ entities }) => entities.loadMany(ids));
    expect(found.map((entity) => (entity as { key: string } | null)?.key ?? null)).toEqual([
      "movie:titanic",
      null,
      "movie:alien",
      null,
      "movie:alien",
      "movie:titanic",
      null,
    ]);
  });

  it("load relations, triples, merged keys and counts in one statement each", async () => {
    const relations = await inOne((loaders) =>
      loaders.relations.loadMany([films.relations.starring, 0, films.relations.married_to, 2 ** 40]),
    );
    expect(relations).toEqual([
      expect.objectContaining({ key: "starring", inverseLabel: "appears in", symmetric: false }),
      null,
      expect.objectContaining({ key: "married_to", inverseLabel: null, symmetric: true, domain: ["person"] }),
      null,
    ]);
    const deprecated = films.triples["movie:titanic has_genre genre:science-fiction"];
    const triples = await inOne((loaders) => loaders.triples.loadMany([deprecated, "0"]));
    expect(triples).toEqual([
      {
        id: deprecated,
        headId: id("movie:titanic"),
        relationId: films.relations.has_genre,
        tailId: id("genre:science-fiction"),
        confidence: 0.1,
        rank: "DEPRECATED",
        qualifiers: {},
        sources: [{ name: "films", method: "IMPORT" }],
        validFrom: null,
        validTo: null,
        revision: 1,
      },
      null,
    ]);
    const merged = await inOne((loaders) =>
      loaders.mergedKeys.loadMany([id("movie:aliens"), id("movie:alien")]),
    );
    expect(merged).toEqual([[], ["movie:alien-old", "movie:alien-older"]]);
    const counts = await inOne((loaders) =>
      loaders.tripleCounts.loadMany([films.relations.has_genre, films.relations.follows, 0]),
    );
    expect(counts).toEqual([7, 1, 0]); // the deprecated one is kept, and counts
  });
});

describe("degrees", () => {
  const cases: [Direction, string | null, number[]][] = [
    // Alien: out to director, star, genre and itself; in from Aliens and itself. Science Fiction: 4 live in.
    // James Cameron: out to his wife; in from 3 films.
    ["OUT", null, [4, 0, 1]],
    ["IN", null, [2, 4, 3]],
    ["BOTH", null, [5, 4, 4]], // what relates to itself counts once
    ["BOTH", "related_to", [1, 0, 0]],
    ["IN", "directed_by", [0, 0, 3]],
    ["OUT", "unknown", [0, 0, 0]],
  ];
  it.each(cases)("count the live triples %s of the relation %s", async (direction, relation, expected) => {
    const ids = [id("movie:alien"), id("genre:science-fiction"), id("person:james-cameron")];
    expect(await inOne((loaders) => loaders.degrees(direction, relation).loadMany(ids))).toEqual(expected);
  });
});

describe("triplesOf", () => {
  const load = (keys: string[], args: Parameters<Loaders["triplesOf"]>[0]) =>
    inOne(async (loaders) => (await loaders.triplesOf(args).loadMany(keys.map(id))) as Page<Triple>[]);

  it("gives each entity its own page: out before in, by relation and neighbour", async () => {
    const [alien, genre, drama] = await load(["movie:alien", "genre:science-fiction", "genre:drama"], {
      direction: "BOTH",
      first: 4,
    });
    expect(named(alien)).toEqual([
      "movie:alien directed_by person:ridley-scott",
      "movie:alien starring person:sigourney-weaver",
      "movie:alien has_genre genre:science-fiction",
      `triple ${id("movie:alien")}-${id("movie:alien")}`,
    ]);
    expect(alien).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    expect(named(genre)).toEqual([
      "movie:alien has_genre genre:science-fiction",
      "movie:aliens has_genre genre:science-fiction",
      "movie:blade-runner has_genre genre:science-fiction",
      "movie:terminator has_genre genre:science-fiction",
    ]);
    expect(genre.hasNextPage).toBe(true); // the deprecated one is still to come
    expect(named(drama)).toEqual([
      "movie:gladiator has_genre genre:drama",
      "movie:titanic has_genre genre:drama",
    ]);
    expect(drama.hasNextPage).toBe(false);
  });

  it("keeps to a direction and to relations, unknown ones being empty", async () => {
    const [out] = await load(["movie:aliens"], { direction: "OUT", relations: ["follows", "starring", "x"] });
    expect(named(out)).toEqual([
      "movie:aliens starring person:sigourney-weaver",
      "movie:aliens follows movie:alien",
    ]);
    const [into] = await load(["movie:alien"], { direction: "IN" });
    expect(named(into)).toEqual([
      "movie:aliens follows movie:alien",
      `triple ${id("movie:alien")}-${id("movie:alien")}`,
    ]);
    expect(named((await load(["movie:alien"], { direction: "BOTH", relations: ["x"] }))[0])).toEqual([]);
    expect(named((await load(["movie:alien"], { direction: "BOTH", relations: [] }))[0])).toEqual([]);
  });

  it.each([null, ["directed_by", "follows", "related_to"]])(
    "walks both ways in pages, relations %s",
    async (relations) => {
      for (const direction of ["OUT", "IN", "BOTH"] as const) {
        const args = { direction, relations };
        const [whole] = await load(["movie:alien"], { ...args, first: 100 });
        for (const size of [1, 2, 3]) {
          const forwards: string[] = [];
          for (let after: string | null = null, more = true; more; ) {
            const [page] = await load(["movie:alien"], { ...args, first: size, after });
            forwards.push(...named(page));
            more = page.hasNextPage;
            after = page.edges.at(-1)!.cursor;
          }
          expect(forwards).toEqual(named(whole));
          const backwards: string[] = [];
          for (let before: string | null = null, more = true; more; ) {
            const [page] = await load(["movie:alien"], { ...args, last: size, before });
            backwards.unshift(...named(page));
            more = page.hasPreviousPage;
            before = page.edges[0].cursor;
          }
          expect(backwards).toEqual(named(whole));
        }
      }
    },
  );

  it("bounds a page from both sides", async () => {
    const [whole] = await load(["movie:alien"], { direction: "BOTH", first: 100 });
    expect(whole.edges).toHaveLength(5);
    const [after, before] = [whole.edges[0].cursor, whole.edges[4].cursor];
    const [between] = await load(["movie:alien"], { direction: "BOTH", first: 100, after, before });
    expect(named(between)).toEqual(named(whole).slice(1, 4));
    const loaders = createLoaders(db);
    const args = { direction: "BOTH", first: 9, after: before, before: after } as const;
    expect(await loaders.triplesOf(args).load(id("movie:alien"))).toMatchObject({ edges: [] });
  });

  it("refuses a cursor of another direction", async () => {
    const [page] = await load(["movie:alien"], { direction: "OUT", first: 1 });
    const after = page.edges[0].cursor;
    const foreign = createLoaders(db).triplesOf({ direction: "IN", after }).load(id("movie:alien"));
    await expect(foreign).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  });

  it("is one loader for equal arguments", () => {
    const loaders = createLoaders(db);
    const one = loaders.triplesOf({ direction: "OUT", relations: ["a", "b"], first: 3 });
    expect(loaders.triplesOf({ after: null, first: 3, relations: ["b", "a", "b"], direction: "OUT" })).toBe(
      one,
    );
    expect(loaders.triplesOf({ direction: "OUT", first: 4 })).not.toBe(one);
    expect(loaders.degrees("IN", "a")).toBe(loaders.degrees("IN", "a"));
    expect(loaders.degrees("IN", "a")).not.toBe(loaders.degrees("IN", null));
    expect(loaders.changesOf({})).toBe(loaders.changesOf({ first: null }));
  });
});

describe("changesOf", () => {
  it("gives the changes of each entity and of its triples, newest first, in one statement", async () => {
    const keys = ["movie:alien", "movie:titanic"];
    const load = (args: Parameters<Loaders["changesOf"]>[0]) =>
      inOne((loaders) => loaders.changesOf(args).loadMany([...keys.map(id), "999999"])) as Promise<
        Page<{ revision: string }>[]
      >;
    const pages = await load({ first: 10 });
    // 1: the import; 2: the merge touched other rows; 3: Alien's triple to itself.
    const revisions = pages.map(({ edges }) => edges.map(({ node }) => node.revision));
    expect(revisions).toEqual([["3", "1"], ["1"], []]);
    const [first] = await load({ first: 1 });
    expect(first).toMatchObject({ hasNextPage: true, edges: [{ node: { revision: "3", kind: "test" } }] });
    const [second] = await load({ first: 1, after: first.edges[0].cursor });
    expect(second).toMatchObject({
      hasNextPage: false,
      edges: [{ node: { revision: "1", kind: "import" } }],
    });
    const [last] = await load({ last: 1 });
    expect(last).toMatchObject({ hasPreviousPage: true, edges: [{ node: { revision: "1" } }] });
    const [before] = await load({ last: 5, before: last.edges[0].cursor });
    expect(before.edges.map(({ node }) => node.revision)).toEqual(["3"]);
    const between = { after: first.edges[0].cursor, before: last.edges[0].cursor };
    expect((await load({ first: 5, ...between }))[0].edges).toEqual([]);
    expect((await load({ first: 0 }))[0]).toMatchObject({ edges: [], hasNextPage: true });
  });
});
