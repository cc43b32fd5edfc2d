import { beforeAll, describe, expect, it } from "vitest";
import { createCuration } from "../../../src/kg/curation/index.ts";
import type { Database } from "../../../src/kg/database.ts";
import { createKnowledge } from "../../../src/kg/knowledge.ts";
import { countInteractions } from "../../../src/kg/queries/countInteractions.ts";
import { findEntitiesByKeys } from "../../../src/kg/queries/findEntitiesByKeys.ts";
import { findHistory } from "../../../src/kg/queries/findHistory.ts";
import { findInteractedUsersCount } from "../../../src/kg/queries/findInteractedUsersCount.ts";
import type { ChangeFilter, Knowledge, Page, TripleFilter } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { type Films, insertFilms } from "../../support/films.ts";

let db: Database;
let films: Films;
let knowledge: Knowledge;
beforeAll(async () => {
  db = await createTestDatabase();
  films = await insertFilms(db); // revision 1
  knowledge = createKnowledge(db);
  const curation = createCuration(db);
  const triple = { head: "movie:gladiator", relation: "related_to", tail: "movie:alien", confidence: 0.9 };
  const sources = [{ name: "a book", method: "CURATOR" as const }];
  const added = await curation.addTriple({ ...triple, sources }, { actor: "ada" }); // revision 2
  await curation.retractTriple(added.value!.id, { actor: "bob" }); // revision 3
  await curation.addTriple({ ...triple, sources }, { actor: "ada" }); // revision 4
  await db.transaction(async (tx) => {
    await tx.query(`select open_change('merge', 'ada')`); // revision 5
    await tx.query(`insert into entity (key, type, name, is_item, merged_into) values
      ('movie:alien-old', 'movie', 'Alien of old', true, ${films.entities["movie:alien"]})`);
  });
});

/** Reads all pages of `size`, forwards and backwards, and sees that both agree. */
async function walk<T>(find: (page: object) => Promise<Page<T>>, size: number): Promise<T[]> {
  const forwards: T[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page: Page<T> = await find({ first: size, after });
    forwards.push(...page.edges.map(({ node }) => node));
    more = page.hasNextPage;
    after = page.edges.at(-1)?.cursor ?? null;
  }
  const backwards: T[] = [];
  for (let before: string | null = null, more = true; more; ) {
    const page: Page<T> = await find({ last: size, before });
    backwards.unshift(...page.edges.map(({ node }) => node));
    more = page.hasPreviousPage;
    before = page.edges[0]?.cursor ?? null;
  }
  expect(backwards).toEqual(forwards);
  return forwards;
}

describe("relations", () => {
  it("are found by key and listed by key", async () => {
    expect(await knowledge.findRelation("follows")).toEqual({
      id: films.relations.follows,
      key: "follows",
      label: "follows",
      inverseLabel: "followed by",
      domain: ["movie"],
      range: ["movie"],
      maxPerHead: 1,
      symmetric: false,
      revision: 1,
    });
    expect(await knowledge.findRelation("unknown\0")).toBeNull();
    const all = await walk((page) => knowledge.findRelations(page), 4);
    expect(all.map(({ key }) => key)).toEqual([
      "directed_by",
      "follows",
      "has_genre",
      "married_to",
      "related_to",
      "starring",
    ]);
  });
});

describe("triples", () => {
  const cases: [TripleFilter, number][] = [
    [{}, 20],
    [{ relation: "has_genre" }, 7],
    [{ relation: "has_genre", rank: "DEPRECATED" }, 1],
    [{ head: "movie:alien" }, 3],
    [{ tail: "movie:alien-old" }, 2], // through a merged key: follows, related to
    [{ head: "movie:aliens", tail: "movie:alien", relation: "follows" }, 1],
    [{ minConfidence: 0.9, relation: "has_genre" }, 5], // 0.9 itself is in; 0.8 and 0.1 are not
    [{ minConfidence: 0.9000001, relation: "has_genre" }, 4],
    [{ source: "a book" }, 1],
    [{ source: "films" }, 19],
    [{ source: 'x"}]\0' }, 0],
    [{ head: "unknown" }, 0],
    [{ relation: "unknown" }, 0],
  ];
  it.each(cases)("that match %j are listed in pages", async (filter, count) => {
    const found = await walk((page) => knowledge.findTriples(filter, page), 3);
    expect(found).toHaveLength(count);
    expect(new Set(found.map(({ id }) => id)).size).toBe(count);
  });

  it("refuse a cursor that belongs to another order", async () => {
    const { edges } = await knowledge.findTriples({ head: "movie:alien" }, { first: 1 });
    const foreign = knowledge.findTriples({}, { first: 1, after: edges[0].cursor });
    await expect(foreign).rejects.toThrow(edges[0].cursor);
  });
});

describe("changes", () => {
  const cases: [ChangeFilter, string[]][] = [
    [{}, ["5", "4", "3", "2", "1"]],
    [{ actor: "ada" }, ["5", "4", "2"]],
    [{ kind: "retract_triple" }, ["3"]],
    [{ entity: "movie:alien" }, ["4", "3", "2", "1"]],
    [{ entity: "movie:alien-old" }, ["4", "3", "2", "1"]], // those of the survivor
    [{ entity: "movie:gladiator", actor: "bob" }, ["3"]],
    [{ entity: "movie:titanic" }, ["1"]],
    [{ entity: "unknown" }, []],
    [{ since: new Date(Date.now() + 60_000) }, []],
    [{ since: new Date(Date.now() - 60_000), kind: "import" }, ["1"]],
  ];
  it.each(cases)("that match %j are listed newest first", async (filter, revisions) => {
    const found = await walk((page) => knowledge.findChanges(filter, page), 2);
    expect(found.map(({ revision }) => revision)).toEqual(revisions);
  });

  it("are found by revision", async () => {
    const change = await knowledge.findChange("3");
    expect(change).toMatchObject({ revision: "3", kind: "retract_triple", actor: "bob", reason: null });
    expect(change!.at).toBeInstanceOf(Date);
    for (const revision of ["0", "6", "x", "-1", "1e3"])
      expect(await knowledge.findChange(revision)).toBeNull();
  });
});

describe("histories", () => {
  it("hold one row per item, the newest one, newest first; merged items count as their survivor", async () => {
    const at = (day: number) => new Date(Date.UTC(2024, 5, day));
    const alien = films.entities["movie:alien"];
    const titanic = films.entities["movie:titanic"];
    await db.query(
      `insert into interaction (user_key, item_id, kind, weight, at)
        select 'zoe', item, kind, weight, at
          from unnest($1::bigint[], $2::text[], $3::real[], $4::timestamptz[]) as x(item, kind, weight, at)`,
      [
        [titanic, alien, titanic, films.entities["movie:aliens"]],
        ["view", "rating", "rating", "view"],
        [1, 3, 4, 1],
        [at(1), at(2), at(3), null],
      ],
    );
    await db.query(
      `insert into interaction (user_key, item_id, kind, weight, at)
        select 'zoe', id, 'like', 2, $1 from entity where key = 'movie:alien-old'`,
      [at(4)],
    );
    const history = [
      { itemId: alien, kind: "like", weight: 2, at: at(4) },
      { itemId: titanic, kind: "rating", weight: 4, at: at(3) },
      { itemId: films.entities["movie:aliens"], kind: "view", weight: 1, at: null },
    ];
    expect(await findHistory(db, "zoe")).toEqual(history);
    expect(await findHistory(db, "zoe", 2)).toEqual(history.slice(0, 2));
    expect(await findHistory(db, "nobody")).toEqual([]);
  });

  it("are counted by item, for all time and for a window", async () => {
    // alien: ann, cid and zoe twice (once as alien-old); titanic: ben, zoe twice; aliens: ben, cid, zoe.
    const [alien, ...others] = (await countInteractions(db, { sinceSeconds: null, limit: 3 })).items;
    expect(alien).toEqual({ itemId: films.entities["movie:alien"], count: 4 });
    expect(others.map(({ count }) => count)).toEqual([3, 3]);
    expect((await countInteractions(db, { sinceSeconds: 3600, limit: 10 })).items).toEqual([]);
    const since = (Date.now() - Date.UTC(2024, 5, 3)) / 1000 + 1;
    expect((await countInteractions(db, { sinceSeconds: since, limit: 10 })).items).toEqual([
      { itemId: films.entities["movie:alien"], count: 1 },
      { itemId: films.entities["movie:titanic"], count: 1 },
    ]);
    expect(await findInteractedUsersCount(db)).toBe(5);
  });
});

describe("entities by keys", () => {
  it("are mapped from the keys as asked, in one statement", async () => {
    const before = db.statements;
    const found = await findEntitiesByKeys(db, ["movie:alien-old", "movie:alien", "unknown", "movie:alien"]);
    expect(db.statements - before).toBe(1);
    expect([...found].map(([key, entity]) => [key, entity.key]).toSorted()).toEqual([
      ["movie:alien", "movie:alien"],
      ["movie:alien-old", "movie:alien"],
    ]);
    expect((await findEntitiesByKeys(db, [])).size).toBe(0);
  });
});
