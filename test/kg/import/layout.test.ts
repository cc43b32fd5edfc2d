import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { importData } from "../../../src/kg/import/importData.ts";
import { createTestDatabase } from "../../support/database.ts";
import { dumpGraph, dumpRows } from "./support/dumpGraph.ts";
import { FILMS, makeFolder, tsv } from "./support/folders.ts";

it("imports the layout: items, entities, triples, interactions and texts", async () => {
  const db = await createTestDatabase();
  const folder = await makeFolder({ ...FILMS, "stats.json": "{}" });
  const result = await importData(db, { path: folder, rejects: join(folder, "rejects.tsv") });
  expect(result).toMatchObject({
    format: "layout",
    files: ["entities.tsv", "items.tsv", "texts.tsv", "triples.tsv", "interactions.tsv"],
    skipped: [],
    // 2 entities, 2 items, 1 text
    read: { entities: 5, relations: 0, triples: 3, interactions: 2 },
    inserted: { entities: 4, relations: 2, triples: 3, interactions: 2 },
    updated: { entities: 0, relations: 0, triples: 0, interactions: 0 },
    unchanged: { entities: 0, relations: 0, triples: 0, interactions: 0 },
    made: 0,
    rejected: 0,
    rejectsFile: null,
    revision: "1",
  });
  expect(existsSync(join(folder, "rejects.tsv"))).toBe(false);
  const plain = { aliases: [], attributes: "{}", merged_into: null };
  expect(await dumpGraph(db)).toEqual({
    entities: [
      { key: "genre:horror", type: "genre", name: "Horror", description: null, is_item: false, ...plain },
      {
        key: "movie:1",
        type: "movie",
        name: "Alien",
        description: "A crew meets an alien.",
        is_item: true,
        ...plain,
      },
      { key: "movie:2", type: "movie", name: "Blade Runner", description: null, is_item: true, ...plain },
      { key: "person:1", type: "person", name: "Ridley Scott", description: null, is_item: false, ...plain },
    ],
    relations: ["directed_by", "has_genre"].map((key) => ({
      key,
      label: key.replace("_", " "),
      inverse_label: null,
      domain: null,
      range: null,
      max_per_head: null,
      is_symmetric: false,
    })),
    triples: [
      ["movie:1", "directed_by", "person:1"],
      ["movie:1", "has_genre", "genre:horror"],
      ["movie:2", "directed_by", "person:1"],
    ].map(([head, relation, tail]) => ({
      head,
      relation,
      tail,
      confidence: 1,
      rank: "NORMAL",
      qualifiers: "{}",
      sources: "[]",
      valid_from: null,
      valid_to: null,
    })),
    interactions: [
      // 1,000,000,000 seconds after 1970
      {
        user_key: "u1",
        item: "movie:1",
        kind: "rating",
        weight: 4.5,
        at: "2001-09-09 01:46:40+00",
        split: "train",
      },
      { user_key: "u2", item: "movie:2", kind: "rating", weight: 3, at: null, split: null },
    ],
  });
  // One change with a row for each of 4 entities, 2 relations and 3 triples.
  expect(
    await db.query(
      "select kind, actor, reason, count(*)::int from change join change_row using (revision) group by 1, 2, 3",
    ),
  ).toEqual([{ kind: "import", actor: "import", reason: `import of ${folder.split("/").at(-1)}`, count: 9 }]);
});

it("rewrites no row and opens no change when it imports the same again", async () => {
  const db = await createTestDatabase();
  const folder = await makeFolder(FILMS);
  const options = { path: folder, rejects: join(folder, "rejects.tsv") };
  await importData(db, options);
  const before = await dumpRows(db);
  const again = await importData(db, options);
  expect(await dumpRows(db)).toEqual(before);
  expect(again).toMatchObject({
    inserted: { entities: 0, relations: 0, triples: 0, interactions: 0 },
    updated: { entities: 0, relations: 0, triples: 0, interactions: 0 },
    unchanged: { entities: 4, relations: 2, triples: 3, interactions: 2 },
    revision: "1",
  });
});

it("updates what differs, adds what is new, and deletes nothing that the source lacks", async () => {
  const db = await createTestDatabase();
  const first = await makeFolder(FILMS);
  await importData(db, { path: first, rejects: join(first, "rejects.tsv") });
  const [{ id }] = await db.query<{ id: string }>("select id from entity where key = 'movie:1'");
  const second = await makeFolder({
    "items.tsv": tsv(
      ["item", "name", "year"],
      ["movie:1", "Alien (1979)", "1979"],
      ["movie:2", "Blade Runner", ""],
    ),
    "triples.tsv": tsv(
      ["head", "relation", "tail", "confidence"],
      ["movie:1", "directed_by", "person:1", "0.5"],
      ["movie:2", "has_genre", "genre:scifi", ""],
    ),
    "interactions.tsv": tsv(
      ["user", "item", "value", "timestamp"],
      ["u1", "movie:1", "2", "1000000000"],
      ["u1", "movie:1", "2", "1000000001"],
    ),
  });
  const result = await importData(db, { path: second, rejects: join(second, "rejects.tsv") });
  expect(result).toMatchObject({
    inserted: { entities: 1, relations: 0, triples: 1, interactions: 1 },
    updated: { entities: 1, relations: 0, triples: 1, interactions: 1 },
    // person:1 of the triple is named, not stated: it is not counted
    unchanged: { relations: 2, triples: 0, interactions: 0 },
    made: 1,
    revision: "2",
  });
  expect(
    await db.query("select id, name, attributes, description, revision from entity where key = 'movie:1'"),
  ).toEqual([
    {
      id,
      name: "Alien (1979)",
      attributes: { year: "1979" },
      description: "A crew meets an alien.",
      revision: 2,
    },
  ]);
  expect(await db.query("select type, name, is_item from entity where key = 'genre:scifi'")).toEqual([
    { type: "genre", name: "genre:scifi", is_item: false },
  ]);
  expect(await db.query("select count(*)::int from triple")).toEqual([{ count: 4 }]);
  expect(await db.query("select weight, split from interaction where user_key = 'u1' order by at")).toEqual([
    { weight: 2, split: "train" },
    { weight: 2, split: null },
  ]);
  // 3 rows updated or made in each of the logs: movie:1, genre:scifi, two triples
  expect(
    await db.query("select subject, count(*)::int from change_row where revision = 2 group by 1 order by 1"),
  ).toEqual([
    { subject: "entity", count: 2 },
    { subject: "triple", count: 2 },
  ]);
});

it("keeps the users of two sources apart, and the items together", async () => {
  const db = await createTestDatabase();
  const folder = await makeFolder(FILMS);
  const rejects = join(folder, "rejects.tsv");
  await importData(db, { path: folder, rejects });
  await importData(db, { path: folder, rejects, userPrefix: "gb:", kind: "view" });
  expect(await db.query("select user_key, kind from interaction order by 1")).toEqual([
    { user_key: "gb:u1", kind: "view" },
    { user_key: "gb:u2", kind: "view" },
    { user_key: "u1", kind: "rating" },
    { user_key: "u2", kind: "rating" },
  ]);
  expect(await db.query("select count(*)::int from entity")).toEqual([{ count: 4 }]);
});

it("sends each bad row to the rejects file with file, line, reason and text, and imports the rest", async () => {
  const db = await createTestDatabase();
  const bad: readonly (readonly [line: string | Buffer, reason: RegExp])[] = [
    ["u1\tmovie:1\t5", /3 columns; expected 4/],
    ["u1\tmovie:1\t5\t1\t1", /5 columns; expected 4/],
    ["\tmovie:1\t5\t1", /user is empty/],
    ["u1\t\t5\t1", /item is empty/],
    ["u1\tmovie:1\tNaN\t1", /value is "NaN"; expected a number/],
    ["u1\tmovie:1\tfive\t1", /value is "five"; expected a number/],
    ["u1\tmovie:1\t1e39\t1", /value is "1e39"; expected a number that fits four bytes/],
    ["u1\tmovie:1\t1e-60\t1", /fits four bytes/],
    ["u1\tmovie:1\t5\tyesterday", /timestamp is "yesterday"/],
    ["u1\tmovie:1\t5\t964982703000", /not milliseconds/],
    ["u1\tmovie:1\t5\t2021-02-30", /timestamp is "2021-02-30"/],
    [`${"u".repeat(513)}\tmovie:1\t5\t1`, /user has 513 characters/],
    [`u\0\tmovie:1\t5\t1`, /NUL/],
    [Buffer.from([0x75, 0xff, 0x09, 0x6d, 0x09, 0x35, 0x09, 0x31]), /not valid UTF-8/],
  ];
  const lines = [
    "user\titem\tvalue\ttimestamp",
    "good1\tmovie:1\t5\t1",
    ...bad.map(([line]) => line),
    `${"ü".repeat(512)}\tmovie:1\t5\t1.5`,
    "good2\tmovie:1\t\t2020-02-29T12:00:00+01:00\r",
  ];
  const file = Buffer.concat(lines.map((line) => Buffer.concat([Buffer.from(line), Buffer.from("\n")])));
  const folder = await makeFolder({ "interactions.tsv": file });
  const rejects = join(folder, "deep/rejects.tsv");
  const result = await importData(db, { path: folder, rejects });
  expect(result).toMatchObject({
    read: { interactions: 3 },
    inserted: { entities: 1, interactions: 3 },
    made: 1,
    rejected: bad.length,
    rejectsFile: rejects,
  });
  const [header, ...found] = (await readFile(rejects, "utf8")).trimEnd().split("\n");
  expect(header).toBe("file\tline\treason\traw");
  expect(found).toHaveLength(bad.length);
  bad.forEach(([line, reason], at) => {
    const [name, number, why, raw] = found[at].split("\t");
    // the header is line 1, good1 line 2
    expect([name, number]).toEqual(["interactions.tsv", String(at + 3)]);
    expect(why).toMatch(reason);
    if (typeof line === "string") expect(raw).toBe(line.replaceAll("\t", "\\t"));
    else expect(raw).toBe("u\\\\xff\\tm\\t5\\t1");
  });
  expect(await db.query("select user_key, weight, at::text from interaction order by at")).toEqual([
    { user_key: "good1", weight: 5, at: "1970-01-01 00:00:01+00" },
    { user_key: "ü".repeat(512), weight: 5, at: "1970-01-01 00:00:01.5+00" },
    { user_key: "good2", weight: 1, at: "2020-02-29 11:00:00+00" },
  ]);
});

it("checks every cell of entities, relations and triples before Postgres does", async () => {
  const db = await createTestDatabase();
  const folder = await makeFolder({
    "entities.tsv": tsv(
      ["entity", "name", "type", "attributes", "is_item", "aliases"],
      ["e:1", "One", "t", '{"a": 1}', "true", "x|y"],
      ["e:2", "Two", "t", "[1]", "", ""],
      ["e:3", "Three", "t", "{", "", ""],
      ["e:4", "Four", "t", '{"a": "\\u0000"}', "", ""],
      ["e:5", "Five", "t", '{"a": "\\ud800"}', "", ""],
      ["e:6", "Six", "t", '{"a": 1e999}', "", ""],
      ["e:7", "n".repeat(2049), "t", "", "", ""],
      ["e:8", "Eight", "t", "", "maybe", ""],
      ["e:9", "Nine", "t", "", "", "[1]"],
      ["e:10", "Ten", "t", `${'{"a":'.repeat(200)}1${"}".repeat(200)}`, "", ""],
    ),
    "relations.tsv": tsv(["relation", "label", "max_per_head"], ["r", "is r of", "0"], ["s", "is s of", "1"]),
    "triples.tsv": tsv(
      ["head", "relation", "tail", "confidence", "rank", "valid_from", "valid_to", "sources"],
      ["e:1", "s", "e:1", "1.5", "", "", "", ""],
      ["e:1", "s", "e:1", "0.5", "BEST", "", "", ""],
      ["e:1", "s", "e:1", "0.5", "", "2020-01-02", "2020-01-01", ""],
      ["e:1", "s", "e:1", "0.5", "", "", "", "{}"],
      ["e:1", "s", "e:1", "0.5", "PREFERRED", "2020-01-01", "2020-01-02T03:04:05.678Z", '[{"name": "a"}]'],
    ),
  });
  const rejects = join(folder, "rejects.tsv");
  const result = await importData(db, { path: folder, rejects });
  expect(result).toMatchObject({
    inserted: { entities: 1, relations: 1, triples: 1 },
    rejected: 9 + 1 + 4,
  });
  expect(await dumpGraph(db)).toMatchObject({
    entities: [{ key: "e:1", aliases: ["x", "y"], attributes: '{"a": 1}', is_item: true }],
    relations: [{ key: "s", label: "is s of", max_per_head: 1 }],
    triples: [
      {
        confidence: 0.5,
        rank: "PREFERRED",
        sources: '[{"name": "a"}]',
        valid_from: "2020-01-01 00:00:00+00",
        valid_to: "2020-01-02 03:04:05.678+00",
      },
    ],
  });
});

it("reads gzipped tables, and refuses one that is cut off without importing anything", async () => {
  const db = await createTestDatabase();
  const triples = gzipSync(FILMS["triples.tsv"]);
  const folder = await makeFolder({ "items.tsv": FILMS["items.tsv"], "triples.tsv.gz": triples });
  const rejects = join(folder, "rejects.tsv");
  const cut = await makeFolder({
    "items.tsv": FILMS["items.tsv"],
    "triples.tsv.gz": triples.subarray(0, triples.length - 12),
  });
  await expect(importData(db, { path: cut, rejects })).rejects.toThrow(
    /cannot read triples.tsv.gz: unexpected end of file; expected a whole gzip file/,
  );
  expect(await db.query("select count(*)::int from entity")).toEqual([{ count: 0 }]);
  expect(await importData(db, { path: folder, rejects })).toMatchObject({
    // person:1 and genre:horror are described nowhere
    inserted: { entities: 4, triples: 3 },
    made: 2,
  });
});

it("says what is wrong with a source as a whole", async () => {
  const db = await createTestDatabase();
  const rejects = "/nowhere/rejects.tsv";
  const failing = async (files: Record<string, string>, options = {}) =>
    importData(db, { path: await makeFolder(files), rejects, ...options });
  await expect(importData(db, { path: "/nowhere/data", rejects })).rejects.toThrow(
    /nothing at \/nowhere\/data/,
  );
  await expect(failing({})).rejects.toThrow(/it is empty/);
  await expect(failing({ "notes.txt": "" })).rejects.toThrow(/no known format .*notes.txt/);
  await expect(failing({ "triples.tsv": "" })).rejects.toThrow(/cannot read triples.tsv: it is empty/);
  await expect(failing({ "triples.tsv": "head\ttail\n" })).rejects.toThrow(
    /no column "relation" but "head", "tail"/,
  );
  await expect(failing({ "items.tsv": "item\tname\tname\n" })).rejects.toThrow(/two columns "name"/);
  await expect(failing({ "items.tsv": "item\n", "layout.json": '{"format": "other"}' })).rejects.toThrow(
    /layout.json says format "other"/,
  );
  await expect(failing({ "items.tsv": "item\n" }, { format: "recbole" })).rejects.toThrow(/no atomic file/);
});

it("gives the triples of a merged entity to its survivor", async () => {
  const db = await createTestDatabase();
  const folder = await makeFolder(FILMS);
  const rejects = join(folder, "rejects.tsv");
  await importData(db, { path: folder, rejects });
  await db.transaction(async (tx) => {
    await tx.query("select open_change('merge', 'tester')");
    await tx.query(
      `update entity set merged_into = (select id from entity where key = 'movie:2') where key = 'movie:1'`,
    );
  });
  const more = await makeFolder({
    "items.tsv": tsv(["item", "name"], ["movie:1", "Another name"]),
    "triples.tsv": tsv(["head", "relation", "tail"], ["movie:1", "has_genre", "genre:scifi"]),
  });
  expect(await importData(db, { path: more, rejects })).toMatchObject({
    inserted: { entities: 1, triples: 1 },
    updated: { entities: 0, triples: 0 },
  });
  expect(
    await db.query(`select h.key from triple join entity h on h.id = head_id join entity t on t.id = tail_id
    where t.key = 'genre:scifi'`),
  ).toEqual([{ key: "movie:2" }]);
  expect(await db.query("select name from entity where key = 'movie:1'")).toEqual([{ name: "Alien" }]);
});

it("reads lines that span chunks and skips one that is too long to hold", async () => {
  const db = await createTestDatabase();
  const long = "x".repeat(17 * 1024 * 1024);
  const folder = await makeFolder({
    "texts.tsv": `item\tabstract\ni:1\t${"y".repeat(700_000)}\ni:2\t${long}\ni:3\tlast`,
  });
  const result = await importData(db, { path: folder, rejects: join(folder, "rejects.tsv") });
  expect(result).toMatchObject({ inserted: { entities: 2 }, rejected: 1 });
  expect(await db.query("select key, length(description) from entity order by key")).toEqual([
    { key: "i:1", length: 700_000 },
    { key: "i:3", length: 4 },
  ]);
  const [, reject] = (await readFile(join(folder, "rejects.tsv"), "utf8")).split("\n");
  expect(reject).toMatch(/^texts.tsv\t3\tthe line is longer than/);
});
