import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../src/kg/database.ts";
import { createKnowledge } from "../../../src/kg/knowledge.ts";
import type { EntityFilter, EntityOrder, Knowledge } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { type Films, insertFilms } from "../../support/films.ts";

let db: Database;
let films: Films;
let knowledge: Knowledge;
beforeAll(async () => {
  db = await createTestDatabase();
  films = await insertFilms(db);
  knowledge = createKnowledge(db);
  await db.transaction(async (tx) => {
    await tx.query(`select open_change('test', 'tester')`);
    // "Alien 3" has no triple at all; two entities are merged in a chain: alien-old → alien-older → alien.
    await tx.query(`insert into entity (key, type, name, merged_into) values
      ('movie:alien-3', 'movie', 'Alien³', null), ('genre:100%', 'genre', '100% _true_ & | ''quoted''', null),
      ('movie:alien-older', 'movie', 'Alien (1979)', ${films.entities["movie:alien"]})`);
    await tx.query(`insert into entity (key, type, name, merged_into)
      select 'movie:alien-old', 'movie', 'Alien of old', id from entity where key = 'movie:alien-older'`);
  });
});

async function names(
  query: { search?: string; filter?: EntityFilter; order?: EntityOrder },
  page: Parameters<Knowledge["findEntities"]>[1] = { first: 100 },
): Promise<string[]> {
  const found = await knowledge.findEntities({ order: "NAME_ASC", ...query }, page);
  return found.edges.map(({ node }) => node.name);
}

describe("findEntity", () => {
  it("finds by id and by key", async () => {
    const alien = await knowledge.findEntity({ key: "movie:alien" });
    expect(alien).toEqual({
      id: films.entities["movie:alien"],
      key: "movie:alien",
      type: "movie",
      name: "Alien",
      aliases: ["Alien: The Director's Cut"],
      description: null,
      attributes: {},
      isItem: true,
      mergedInto: null,
      revision: 1,
    });
    expect(await knowledge.findEntity({ id: alien!.id })).toEqual(alien);
  });

  it("follows a chain of merges to the survivor", async () => {
    expect((await knowledge.findEntity({ key: "movie:alien-old" }))?.key).toBe("movie:alien");
    const [{ id }] = await db.query<{ id: string }>(`select id from entity where key = 'movie:alien-old'`);
    expect((await knowledge.findEntity({ id }))?.key).toBe("movie:alien");
  });

  it("gives null for what cannot exist", async () => {
    for (const id of ["0", "abc", "", "99999999999999999999", "1; drop table entity", "007"]) {
      expect(await knowledge.findEntity({ id })).toBeNull();
    }
    expect(await knowledge.findEntity({ key: "movie:alien\0" })).toBeNull();
    expect(await knowledge.findEntity({ key: "movie:\ud800" })).toBeNull();
  });
});

describe("findEntities", () => {
  it("orders by name both ways, and leaves merged entities out", async () => {
    const movies = ["Alien", "Aliens", "Alien³", "Blade Runner", "Gladiator", "The Terminator", "Titanic"];
    expect(await names({ filter: { types: ["movie"] } })).toEqual(movies);
    expect(await names({ filter: { types: ["movie"] }, order: "NAME_DESC" })).toEqual(movies.toReversed());
    expect(await names({ filter: { types: ["movie"] }, order: "RELEVANCE" })).toEqual(movies);
  });

  it("orders by the number of live triples, entities without any last", async () => {
    // Science Fiction: alien, aliens, blade runner, terminator = 4 (titanic's is deprecated).
    // Aliens: director, star, genre, follows = 4; Alien: the same, followed by = 4. By degree, then by id.
    expect(await names({ order: "DEGREE_DESC" }, { first: 3 })).toEqual(["Alien", "Aliens", "James Cameron"]);
    expect(await names({ order: "DEGREE_DESC" }, { last: 2 })).toEqual([
      "Alien³",
      "100% _true_ & | 'quoted'",
    ]);
  });

  it("filters by type, key, item and relation", async () => {
    expect(await names({ filter: { types: ["genre", "person"], isItem: true } })).toEqual([]);
    expect(await names({ filter: { keys: ["movie:titanic", "genre:drama", "x"] } })).toEqual([
      "Drama",
      "Titanic",
    ]);
    expect(await names({ filter: { types: [] } })).toEqual([]);
    const scott = { relation: "directed_by", entity: "person:ridley-scott" };
    expect(await names({ filter: { relatedTo: scott } })).toEqual(["Alien", "Blade Runner", "Gladiator"]);
    // From the other end, and through a merged key; a deprecated triple relates nothing.
    expect(
      await names({ filter: { relatedTo: { relation: "directed_by", entity: "movie:alien-old" } } }),
    ).toEqual(["Ridley Scott"]);
    expect(
      await names({ filter: { relatedTo: { relation: "has_genre", entity: "movie:titanic" } } }),
    ).toEqual(["Drama"]);
  });
});

describe("search", () => {
  it("finds prefixes, substrings, aliases and any case", async () => {
    expect(await names({ search: "blad" })).toEqual(["Blade Runner"]);
    expect(await names({ search: "RUNNER blade" })).toEqual(["Blade Runner"]);
    expect(await names({ search: "minato" })).toEqual(["The Terminator"]);
    expect(await names({ search: "sci-fi" })).toEqual(["Science Fiction"]);
    expect(await names({ search: "ti" })).toEqual(["Titanic"]); // two letters: the starts of words only
  });

  it("finds misspellings where nothing matches as written", async () => {
    expect(await names({ search: "Alein" })).toContain("Alien");
    expect(await names({ search: "Alein" })).not.toContain("The Terminator");
    expect(await names({ search: "Ridly Scot" })).toEqual(["Ridley Scott"]);
    expect(await names({ search: "Sigorney", order: "RELEVANCE" })).toEqual(["Sigourney Weaver"]);
    expect(await names({ search: "qqqqqqq" })).toEqual([]);
    expect(await names({ search: "Titnaic" })).toEqual(["Titanic"]); // two letters swapped
  });

  it("ranks the name itself before names that start with it, and those before words within", async () => {
    const found = await names({ search: "alien", order: "RELEVANCE" });
    expect(found[0]).toBe("Alien");
    expect(found.toSorted()).toEqual(["Alien", "Aliens", "Alien³"].toSorted());
    expect(await names({ search: "Alein", order: "RELEVANCE" }, { first: 1 })).toEqual(["Alien"]);
    expect(await names({ search: "cameron", order: "RELEVANCE" })).toEqual(["James Cameron"]);
  });

  it("takes LIKE and tsquery syntax as data", async () => {
    expect(await names({ search: "100%" })).toEqual(["100% _true_ & | 'quoted'"]);
    expect(await names({ search: "_true_" })).toEqual(["100% _true_ & | 'quoted'"]);
    expect(await names({ search: "'quoted'" })).toEqual(["100% _true_ & | 'quoted'"]);
    for (const search of [
      "%%%",
      "___",
      "\\",
      "a\\",
      "' or 1=1 --",
      "!alien:*",
      "(",
      "&|",
      "<->",
      ":*",
      "\0",
    ]) {
      const found = await names({ search });
      expect(found.length, search).toBeLessThan(4);
    }
  });
});

describe("pages", () => {
  const ORDERS: EntityOrder[] = ["NAME_ASC", "NAME_DESC", "DEGREE_DESC", "RELEVANCE"];

  it.each(ORDERS)("walk forwards and backwards through every entity once, by %s", async (order) => {
    const query = order === "RELEVANCE" ? { order, search: "a" } : { order };
    const all = await knowledge.findEntities(query, { first: 100 });
    const ids = all.edges.map(({ node }) => node.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(2);
    for (const size of [1, 2, 7]) {
      const forwards: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const page = await knowledge.findEntities(query, { first: size, after });
        forwards.push(...page.edges.map(({ node }) => node.id));
        expect(page.hasPreviousPage).toBe(after !== null);
        more = page.hasNextPage;
        after = page.edges.at(-1)!.cursor;
      }
      expect(forwards).toEqual(ids);
      const backwards: string[] = [];
      for (let before: string | null = null, more = true; more; ) {
        const page = await knowledge.findEntities(query, { last: size, before });
        backwards.unshift(...page.edges.map(({ node }) => node.id));
        expect(page.hasNextPage).toBe(before !== null);
        more = page.hasPreviousPage;
        before = page.edges[0].cursor;
      }
      expect(backwards).toEqual(ids);
    }
  });

  it("keep their place while rows come and go", async () => {
    const first = await knowledge.findEntities(
      { order: "NAME_ASC", filter: { types: ["movie"] } },
      { first: 2 },
    );
    await db.transaction(async (tx) => {
      await tx.query(`select open_change('test', 'tester')`);
      await tx.query(`insert into entity (key, type, name) values ('movie:a', 'movie', 'A')`);
    });
    const after = first.edges[1].cursor;
    expect(await names({ filter: { types: ["movie"] } }, { first: 1, after })).toEqual(["Alien³"]);
    await db.transaction(async (tx) => {
      await tx.query(`select open_change('test', 'tester')`);
      await tx.query(`delete from entity where key = 'movie:a'`);
    });
  });

  it("of size 0 say whether there is anything", async () => {
    const page = await knowledge.findEntities({ order: "NAME_ASC" }, { first: 0 });
    expect(page).toEqual({ edges: [], hasNextPage: true, hasPreviousPage: false });
  });

  it("refuse sizes and cursors that are not theirs, naming them", async () => {
    const refusal = (page: object, order: EntityOrder = "NAME_ASC", search?: string) =>
      expect(knowledge.findEntities({ order, search }, page)).rejects;
    await refusal({ first: -1 }).toThrow("first is -1; expected an integer from 0 to 100");
    await refusal({ last: 101 }).toThrow("last is 101");
    await refusal({ first: 1.5 }).toThrow("first is 1.5");
    await refusal({ first: 1, last: 1 }).toThrow("expected only one of them");
    const [edge] = (await knowledge.findEntities({ order: "NAME_ASC" }, { first: 1 })).edges;
    await refusal({ first: 1, after: edge.cursor }, "NAME_DESC").toThrow(edge.cursor);
    await refusal({ first: 1, after: edge.cursor }, "NAME_DESC").toMatchObject({ code: "BAD_USER_INPUT" });
    const flipped = (edge.cursor[8] === "A" ? "B" : "A") + edge.cursor.slice(1);
    for (const after of [flipped, `${edge.cursor}A`, edge.cursor.slice(0, -2), "", "x", "☃", "MQ=="]) {
      await refusal({ first: 1, after }).toMatchObject({ code: "BAD_USER_INPUT" });
    }
    const [found] = (await knowledge.findEntities({ order: "RELEVANCE", search: "alien" }, { first: 1 }))
      .edges;
    await refusal({ first: 1, after: found.cursor }, "RELEVANCE", "blade").toThrow("belongs to the page");
  });
});
