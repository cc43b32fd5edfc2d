import { beforeAll, describe, expect, it } from "vitest";
import { createCuration } from "../../../src/kg/curation/index.ts";
import type { Database } from "../../../src/kg/database.ts";
import { createKnowledge } from "../../../src/kg/knowledge.ts";
import type { Curation, EditResult, JSONObject, NewTriple, ProblemCode } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { type Films, insertFilms } from "../../support/films.ts";

const actor = "curator";
let db: Database;
let films: Films;
let curation: Curation;
beforeAll(async () => {
  db = await createTestDatabase();
  films = await insertFilms(db);
  curation = createCuration(db);
});

const revision = async () => (await db.query<{ revision: string }>("select revision from graph"))[0].revision;

/** Everything that an edit may write, but for the answers kept under idempotency keys. */
async function dump(): Promise<unknown> {
  const tables = [
    "entity",
    "relation",
    "triple",
    "entity_degree",
    "change",
    "change_row",
    "graph",
    "interaction",
  ];
  return Promise.all(tables.map((table) => db.query(`select * from ${table} order by 1`)));
}

/** Sees that an edit is refused with exactly these problems and leaves no trace. */
async function expectRefused(
  edit: () => Promise<EditResult<unknown>>,
  problems: readonly (readonly [ProblemCode, string | null])[],
): Promise<string[]> {
  const before = await dump();
  const result = await edit();
  expect(result.problems.map(({ code, path }) => [code, path?.join(".") ?? null])).toEqual(problems);
  expect(result).toMatchObject({ value: null, change: null, graphRevision: await revision() });
  expect(await dump()).toEqual(before);
  return result.problems.map(({ message }) => message);
}

describe("createEntity", () => {
  it("writes the entity, its change and its log row", async () => {
    const input = {
      key: "movie:prometheus",
      type: "movie",
      name: "Prometheus",
      aliases: ["Alien 0", 'a "quoted", {braced} alias'],
      description: "A crew seeks its makers.",
      attributes: { year: 2012, ratings: [1, { x: null }] },
      isItem: true,
    };
    const before = await revision();
    const result = await curation.createEntity(input, { actor, reason: "it was missing" });
    expect(result.problems).toEqual([]);
    expect(result.value).toMatchObject({ ...input, mergedInto: null, revision: 1 });
    expect(result.graphRevision).toBe(String(Number(before) + 1));
    expect(result.change).toMatchObject({
      revision: result.graphRevision,
      kind: "create_entity",
      actor,
      reason: "it was missing",
    });
    expect(result.change!.at).toBeInstanceOf(Date);
    expect(await createKnowledge(db).findEntity({ key: input.key })).toEqual(result.value);
    expect(
      await db.query(
        "select subject, subject_id, before, after->>'key' as key from change_row where revision = $1",
        [result.graphRevision],
      ),
    ).toEqual([{ subject: "entity", subject_id: result.value!.id, before: null, key: input.key }]);
  });

  it("refuses a key that is taken", async () => {
    const input = { key: "movie:alien", type: "movie", name: "Another" };
    const [message] = await expectRefused(
      () => curation.createEntity(input, { actor }),
      [["KEY_TAKEN", "key"]],
    );
    expect(message).toContain('"movie:alien"');
  });

  it("names every faulty field, with its value", async () => {
    const input = {
      key: "x".repeat(513),
      type: " ",
      name: "a\0b",
      aliases: ["fine", ""],
      description: "\ud800",
      attributes: { deep: [{ "a\0": Number.NaN }] },
    };
    const messages = await expectRefused(
      () => curation.createEntity(input, { actor }),
      ["key", "type", "name", "aliases.1", "description", "attributes"].map(
        (path) => ["INVALID_VALUE", path] as const,
      ),
    );
    expect(messages[1]).toBe('type is " "; expected text of 1 to 100 characters that is not blank');
  });

  it("takes the longest texts in any script, and refuses longer ones", async () => {
    // Random characters do not compress: 4 bytes each is the worst case for an index row.
    const wide = (length: number) =>
      Array.from({ length: length / 2 }, (_, i) =>
        String.fromCodePoint(0x20000 + ((i * 7919) % 40_000)),
      ).join("");
    const longest = { key: wide(512), type: wide(100), name: wide(500), aliases: Array(200).fill(wide(500)) };
    expect((await curation.createEntity(longest, { actor })).problems).toEqual([]);
    const longer = { ...longest, key: "movie:longer", name: `${wide(500)}x`, aliases: Array(201).fill("x") };
    await expectRefused(
      () => curation.createEntity(longer, { actor }),
      [
        ["INVALID_VALUE", "name"],
        ["INVALID_VALUE", "aliases"],
      ],
    );
    let deep: JSONObject = {};
    for (let i = 0; i < 20_000; i++) deep = { deep };
    const deepest = { key: "movie:deep", type: "movie", name: "Deep", attributes: deep };
    await expectRefused(() => curation.createEntity(deepest, { actor }), [["INVALID_VALUE", "attributes"]]);
  });

  it("refuses an expected revision of what does not exist yet", async () => {
    await expectRefused(
      () =>
        curation.createEntity(
          { key: "movie:new", type: "movie", name: "New" },
          { actor, expectedRevision: 3 },
        ),
      [["REVISION_CONFLICT", "expectedRevision"]],
    );
  });
});

describe("addTriple", () => {
  const triple = (head: string, relation: string, tail: string, more: Partial<NewTriple> = {}) => {
    return () => curation.addTriple({ head, relation, tail, ...more }, { actor });
  };

  it("writes the triple with all it says, and counts the degrees", async () => {
    const validFrom = new Date("1982-06-25T00:00:00Z");
    const input = {
      head: "movie:blade-runner",
      relation: "related_to",
      tail: "movie:alien",
      confidence: 0.7,
      rank: "PREFERRED" as const,
      qualifiers: { note: "same designer" },
      sources: [{ name: "a book", url: "https://example.org/1", method: "EXTRACTION" as const }],
      validFrom,
      validTo: null,
    };
    const degrees = () =>
      db.query("select degree from entity_degree where entity_id = $1", [films.entities["movie:alien"]]);
    expect(await degrees()).toEqual([{ degree: 4 }]); // director, star, genre, followed by
    const { value, problems, change } = await curation.addTriple(input, { actor });
    expect(problems).toEqual([]);
    expect(value).toEqual({
      id: value!.id,
      headId: films.entities["movie:blade-runner"],
      relationId: films.relations.related_to,
      tailId: films.entities["movie:alien"],
      confidence: 0.7,
      rank: "PREFERRED",
      qualifiers: input.qualifiers,
      sources: input.sources,
      validFrom,
      validTo: null,
      revision: 1,
    });
    expect(change?.kind).toBe("add_triple");
    expect(await degrees()).toEqual([{ degree: 5 }]);
  });

  it("takes the curator as the source where none is named", async () => {
    const { value } = await triple("movie:titanic", "related_to", "movie:aliens")();
    expect(value!.sources).toEqual([{ name: actor, method: "CURATOR" }]);
  });

  it("refuses unknown ends and relations, all at once", async () => {
    const messages = await expectRefused(triple("movie:x", "made_by", "person:x"), [
      ["UNKNOWN_ENTITY", "head"],
      ["UNKNOWN_RELATION", "relation"],
      ["UNKNOWN_ENTITY", "tail"],
    ]);
    expect(messages[1]).toBe('relation is "made_by"; expected the key of a known relation');
  });

  it("refuses what the relation's domain and range exclude", async () => {
    const messages = await expectRefused(triple("person:ridley-scott", "directed_by", "movie:titanic"), [
      ["DOMAIN_VIOLATION", "head"],
      ["RANGE_VIOLATION", "tail"],
    ]);
    expect(messages[0]).toContain('has the type "person"; "directed_by" expects one of movie');
  });

  it("refuses a triple that exists, its mirror too where the relation is symmetric", async () => {
    await expectRefused(triple("movie:alien", "starring", "person:sigourney-weaver"), [
      ["TRIPLE_EXISTS", null],
    ]);
    const [message] = await expectRefused(
      triple("person:linda-hamilton", "married_to", "person:james-cameron"),
      [["TRIPLE_EXISTS", null]],
    );
    const id = films.triples["person:james-cameron married_to person:linda-hamilton"];
    expect(message).toContain(`as triple ${id} (NORMAL)`);
    expect((await triple("movie:alien", "related_to", "movie:blade-runner")()).problems).toEqual([]); // not symmetric
  });

  it("refuses more per head than the relation allows, but for deprecated ones", async () => {
    const [message] = await expectRefused(triple("movie:aliens", "follows", "movie:titanic"), [
      ["CARDINALITY_VIOLATION", "head"],
    ]);
    expect(message).toContain('"movie:aliens" has 1 "follows" already');
    const deprecated = await triple("movie:aliens", "follows", "movie:titanic", { rank: "DEPRECATED" })();
    expect(deprecated.problems).toEqual([]);
    expect((await triple("movie:gladiator", "follows", "movie:alien")()).problems).toEqual([]);
  });

  it("names every faulty field", async () => {
    const faulty = {
      confidence: 1.1,
      rank: "BEST" as "NORMAL",
      qualifiers: [] as unknown as JSONObject,
      sources: [{ name: "", method: "GUESS" as "IMPORT", retrievedAt: "yesterday" }],
      validFrom: new Date(Number.NaN),
    };
    await expectRefused(
      triple("", "", "", faulty),
      ["head", "relation", "tail", "confidence", "rank", "qualifiers"]
        .concat(["sources.0.name", "sources.0.retrievedAt", "sources.0.method", "validFrom"])
        .map((path) => ["INVALID_VALUE", path] as const),
    );
    const times = { validFrom: new Date("2001-01-02"), validTo: new Date("2001-01-01") };
    await expectRefused(triple("movie:alien", "related_to", "movie:titanic", times), [
      ["INVALID_VALUE", "validTo"],
    ]);
    await expectRefused(triple("movie:alien", "related_to", "movie:titanic", { confidence: Number.NaN }), [
      ["INVALID_VALUE", "confidence"],
    ]);
  });
});

describe("retractTriple", () => {
  it("deletes the triple, answers what it was, and the log keeps it", async () => {
    const id = films.triples["movie:titanic has_genre genre:science-fiction"];
    const { value, change, problems } = await curation.retractTriple(id, { actor, expectedRevision: 1 });
    expect(problems).toEqual([]);
    expect(value).toMatchObject({ id, rank: "DEPRECATED", confidence: 0.1 });
    expect(await db.query("select 1 from triple where id = $1", [id])).toEqual([]);
    const rows = await db.query(
      "select subject, before->>'rank' as rank, after from change_row where revision = $1",
      [change!.revision],
    );
    expect(rows).toEqual([{ subject: "triple", rank: "DEPRECATED", after: null }]);
    await expectRefused(() => curation.retractTriple(id, { actor }), [["UNKNOWN_TRIPLE", "id"]]);
  });

  it("refuses what no triple has, and a revision that has moved on", async () => {
    for (const id of ["abc", "", "9223372036854775808", "9223372036854775807"]) {
      await expectRefused(() => curation.retractTriple(id, { actor }), [["UNKNOWN_TRIPLE", "id"]]);
    }
    const id = films.triples["movie:alien starring person:sigourney-weaver"];
    await expectRefused(
      () => curation.retractTriple(id, { actor, expectedRevision: 2 }),
      [["REVISION_CONFLICT", "expectedRevision"]],
    );
  });
});

describe("a dry run", () => {
  it("runs all checks, shows the value and leaves no trace", async () => {
    const before = await dump();
    const dry = { actor, dryRun: true, idempotencyKey: "dry" };
    const entity = await curation.createEntity({ key: "movie:dry", type: "movie", name: "Dry" }, dry);
    expect(entity).toMatchObject({ value: { name: "Dry" }, change: null, problems: [] });
    const triple = { head: "movie:alien", relation: "related_to", tail: "movie:titanic" };
    expect(await curation.addTriple(triple, dry)).toMatchObject({ value: { confidence: 1 }, change: null });
    const id = films.triples["movie:alien starring person:sigourney-weaver"];
    expect(await curation.retractTriple(id, dry)).toMatchObject({ value: { id }, change: null });
    const refused = await curation.addTriple({ ...triple, relation: "directed_by" }, dry);
    expect(refused.problems[0].code).toBe("RANGE_VIOLATION");
    expect(await dump()).toEqual(before);
    expect(await db.query("select 1 from idempotency where key = 'dry'")).toEqual([]);
  });
});
