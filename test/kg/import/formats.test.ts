import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Database } from "../../../src/kg/database.ts";
import { importData } from "../../../src/kg/import/importData.ts";
import type { ImportOptions } from "../../../src/kg/import/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { dumpRows } from "./support/dumpGraph.ts";
import { makeFolder, rows, tsv } from "./support/folders.ts";

async function importFolder(files: Record<string, string>, options: Partial<ImportOptions> = {}) {
  const db = await createTestDatabase();
  const folder = await makeFolder(files);
  const rejects = join(folder, "rejects.tsv");
  const mapping = options.mapping === undefined ? undefined : join(folder, options.mapping);
  const all = { path: folder, rejects, ...options, mapping };
  const result = await importData(db, all);
  const before = await dumpRows(db);
  await importData(db, all);
  expect(await dumpRows(db)).toEqual(before); // twice is once, in every format
  const reasons = result.rejectsFile ? (await readFile(rejects, "utf8")).trimEnd().split("\n").slice(1) : [];
  return { db, result, reasons };
}

async function triplesOf(db: Database): Promise<string[]> {
  const found = await db.query<{ line: string }>(`
    select concat_ws(' ', h.key, r.key, t.key) as line from triple x join entity h on h.id = x.head_id
      join relation r on r.id = x.relation_id join entity t on t.id = x.tail_id order by 1`);
  return found.map(({ line }) => line);
}
const ENTITIES = `select key, type, name, aliases, description, attributes, is_item as item from entity order by key`;

it("imports RecBole's atomic files: typed columns, links that make an entity an item", async () => {
  const { db, result, reasons } = await importFolder({
    "films.inter": tsv(
      ["user_id:token", "item_id:token", "rating:float", "timestamp:float"],
      ["1", "7", "4.0", "978300019"],
      ["2", "8", "x", "1"],
    ),
    "films.item": tsv(
      ["item_id:token", "movie_title:token_seq", "year:float", "class:token_seq"],
      ["7", "Alien", "1979", "Horror Sci-Fi"],
      ["8", "Heat", "soon", ""],
    ),
    "films.kg": tsv(
      ["head_id:token", "relation_id:token", "tail_id:token"],
      ["m.7", "film.film.directed_by", "m.r"],
    ),
    "films.link": tsv(["item_id:token", "entity_id:token"], ["7", "m.7"]),
    "films.user": tsv(["user_id:token", "age:float"], ["1", "30"]),
  });
  expect(result).toMatchObject({
    format: "recbole",
    read: { entities: 1, triples: 1, interactions: 1 },
    inserted: { entities: 2, relations: 1, triples: 1, interactions: 1 },
    made: 1,
    skipped: [{ file: "films.user", reason: "users are no entities of the graph" }],
  });
  expect(reasons).toEqual([
    expect.stringMatching(/^films.item\t3\tyear is "soon"; expected a number/),
    expect.stringMatching(/^films.inter\t3\tvalue is "x"; expected a number/),
  ]);
  expect(await db.query(ENTITIES)).toEqual([
    {
      key: "entity:m.r",
      type: "entity",
      name: "entity:m.r",
      aliases: [],
      description: null,
      attributes: {},
      item: false,
    },
    {
      key: "item:7",
      type: "item",
      name: "Alien",
      aliases: [],
      description: null,
      attributes: { year: 1979, class: ["Horror", "Sci-Fi"] },
      item: true,
    },
  ]);
  expect(await triplesOf(db)).toEqual(["item:7 film.film.directed_by entity:m.r"]);
  expect(await db.query("select label from relation")).toEqual([{ label: "directed by" }]);
});

it("imports a MovieLens folder: quoted titles, genres, tags, links and ratings", async () => {
  const { db, result, reasons } = await importFolder({
    "movies.csv":
      "movieId,title,genres\n" +
      '11,"American President, The (1995)",Comedy|Romance\n' +
      '12,"Say ""Hi""",(no genres listed)\n' +
      '13,"Open quote,Drama\n' +
      "14,Two,many,cells\n",
    "ratings.csv": "userId,movieId,rating,timestamp\n1,11,4.5,964982703\n1,12,3.0,964981247\n",
    "links.csv": "movieId,imdbId,tmdbId\n11,0112346,9087\n12,,\n",
    "tags.csv": "userId,movieId,tag,timestamp\n1,11,Politics,1\n2,11,politics ,2\n2,11,,3\n",
    "genome.csv": "a\n",
  });
  expect(result).toMatchObject({
    format: "movielens",
    inserted: { entities: 5, relations: 2, triples: 3, interactions: 2 },
    skipped: [{ file: "genome.csv" }],
  });
  expect(reasons).toEqual([
    'movies.csv\t4\ta quote opens and does not close\t13,"Open quote,Drama',
    expect.stringMatching(/^movies.csv\t5\tthe row has 4 columns; expected 3/),
    expect.stringMatching(/^tags.csv\t4\tkey is empty/),
  ]);
  expect(await db.query(`${ENTITIES.replace("order", "where is_item order")}`)).toMatchObject([
    {
      key: "movie:11",
      type: "movie",
      name: "American President, The (1995)",
      attributes: { year: 1995, imdbId: "tt0112346", tmdbId: "9087" },
    },
    { key: "movie:12", name: 'Say "Hi"', attributes: {} },
  ]);
  expect(await triplesOf(db)).toEqual([
    "movie:11 has_genre genre:Comedy",
    "movie:11 has_genre genre:Romance",
    "movie:11 tagged tag:politics",
  ]);
});

const RDF_PREFIXES = `@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix x: <http://example.org/> .
@prefix dbo: <http://dbpedia.org/ontology/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n`;

it("imports Turtle: labels and aliases, types, literals as attributes, labels of properties", async () => {
  const { db, result } = await importFolder({
    "films.ttl": `${RDF_PREFIXES}
      x:Alien a dbo:Film ; rdfs:label "Alien"@en, "异形"@zh, "Alien (1979)" ;
        rdfs:comment "A crew."@en, "Une équipe."@fr ;
        <http://www.w3.org/2004/02/skos/core#altLabel> "Star Beast" ;
        x:length 117 ; x:gross 104.9 ; x:seen true ; x:tagline "In space", "no one" ; x:code "007"^^xsd:integer ;
        dbo:musicComposer [ rdfs:label "Goldsmith" ] ; x:directedBy x:Scott .
      x:directedBy a <http://www.w3.org/1999/02/22-rdf-syntax-ns#Property> ; rdfs:label "directed by" .
      <http://dbpedia.org/resource/Heat> rdfs:label "Heat"@de .`,
  });
  expect(result).toMatchObject({
    format: "rdf",
    inserted: { entities: 5, relations: 2, triples: 2, interactions: 0 },
    made: 1,
    rejected: 0,
  });
  expect(await db.query(ENTITIES)).toEqual([
    // A blank node is named by its file.
    entity("_:films.ttl:[1]", "resource", "Goldsmith"),
    {
      ...entity("dbr:Heat", "resource", "Heat"),
      attributes: { "rdfs:label": { "@value": "Heat", "@language": "de" } },
    },
    {
      ...entity("http://example.org/Alien", "Film", "Alien (1979)"),
      // the label without a language is the name, the others are aliases in the order of the source
      aliases: ["Alien", "异形", "Star Beast"],
      description: "A crew.",
      attributes: {
        // what a value of JSON would not say exactly is written as JSON-LD does
        "rdf:type": { "@id": "dbo:Film" },
        "rdfs:label": [
          { "@value": "Alien", "@language": "en" },
          { "@value": "异形", "@language": "zh" },
          "Alien (1979)",
        ],
        "rdfs:comment": [
          { "@value": "A crew.", "@language": "en" },
          { "@value": "Une équipe.", "@language": "fr" },
        ],
        "skos:altLabel": "Star Beast",
        "http://example.org/length": 117,
        "http://example.org/gross": 104.9,
        "http://example.org/seen": true,
        "http://example.org/tagline": ["In space", "no one"],
        "http://example.org/code": { "@value": "007", "@type": "xsd:integer" },
      },
    },
    entity("http://example.org/Scott", "resource", "http://example.org/Scott"),
    // What is said about a relation is said about a thing.
    {
      ...entity("http://example.org/directedBy", "Property", "directed by"),
      attributes: { "rdf:type": { "@id": "rdf:Property" } },
    },
  ]);
  expect(await triplesOf(db)).toEqual([
    "http://example.org/Alien dbo:musicComposer _:films.ttl:[1]",
    "http://example.org/Alien http://example.org/directedBy http://example.org/Scott",
  ]);
  expect(await db.query("select key, label from relation order by key")).toEqual([
    { key: "dbo:musicComposer", label: "music composer" },
    { key: "http://example.org/directedBy", label: "directed by" },
  ]);
});

function entity(key: string, type: string, name: string) {
  return { key, type, name, aliases: [], description: null, attributes: {}, item: false };
}

it("rejects only the bad lines of N-Triples, but a broken Turtle file as a whole", async () => {
  const { db, reasons } = await importFolder({
    "a.nt": [
      "# a comment",
      "<http://e/a> <http://e/knows> <http://e/b> . # and another",
      "<http://e/a> <http://e/knows> <http://e/c>",
      '<http://e/a> <http://www.w3.org/2000/01/rdf-schema#label> "A \\"\\u00e9\\U0001F600\\n\\\\" .',
      '<http://e/a> <http://e/p> "x" "y" .',
      '<http://e/a> <http://e/p> "\\ud800" .',
      "_:b1 <http://e/knows> _:b2.",
      "",
    ].join("\n"),
  });
  expect(reasons.map((line) => line.split("\t").slice(0, 2).join(" "))).toEqual([
    "a.nt 3",
    "a.nt 5",
    "a.nt 6",
  ]);
  expect(await triplesOf(db)).toEqual([
    "_:a.nt:b1 http://e/knows _:a.nt:b2",
    "http://e/a http://e/knows http://e/b",
  ]);
  expect(await db.query("select name from entity where key = 'http://e/a'")).toEqual([
    { name: 'A "é😀\n\\' },
  ]);

  const broken = await makeFolder({ "b.ttl": `${RDF_PREFIXES}x:a x:p x:b .\nx:c x:p "open .\n` });
  await expect(importData(db, { path: broken, rejects: join(broken, "r.tsv") })).rejects.toThrow(
    /cannot read b.ttl: .* line 6.*nothing was imported/,
  );
  expect(await db.query("select count(*)::int from triple")).toEqual([{ count: 2 }]);
});

it("imports a CSV file by a mapping: templates, lists, optional columns", async () => {
  const mapping = {
    split: { genres: "|" },
    entities: [
      {
        key: "film:{id}",
        type: "film",
        name: "{title}",
        isItem: true,
        aliases: ["{original}"],
        attributes: { year: "{year}", where: "{city}, {country}" },
      },
      { key: "genre:{genres}", type: "genre", name: "{genres}" },
    ],
    triples: [
      { head: "film:{id}", relation: "has_genre", tail: "genre:{genres}" },
      { head: "film:{id}", relation: "directed_by", tail: "person:{director}", confidence: "{trust}" },
    ],
    interactions: [{ user: "{by}", item: "film:{id}", kind: "liked", weight: "{stars}" }],
  };
  const { db, result, reasons } = await importFolder(
    {
      "films.csv": rows(
        ";",
        ["id", "title", "original", "year", "city", "country", "genres", "director", "trust", "by", "stars"],
        ["1", '"Alien;\nthe film"', "", "1979", "London", "UK", "Horror|SciFi", "Scott", "0.9", "ann", "5"],
        ["2", "Heat", "Heat!", "007", "", "US", "Crime", "", "", "bob", "4"],
        ["3", "Bad", "", "", "", "", "Crime", "Mann", "2", "bob", "4"],
      ),
      "map.json": JSON.stringify({ separator: ";", ...mapping }),
    },
    { mapping: "map.json" },
  );
  expect(result).toMatchObject({ format: "table", inserted: { triples: 4, interactions: 2 }, made: 1 });
  expect(reasons).toEqual([
    expect.stringMatching(/^films.csv\t5\tconfidence is "2"; expected a number from 0 to 1/),
  ]);
  expect(await db.query(`${ENTITIES.replace("order", "where is_item order")}`)).toMatchObject([
    { key: "film:1", name: "Alien;\nthe film", aliases: [], attributes: { year: 1979, where: "London, UK" } },
    { key: "film:2", name: "Heat", aliases: ["Heat!"], attributes: { year: "007" } },
  ]);
  expect(await triplesOf(db)).toEqual([
    "film:1 directed_by person:Scott",
    "film:1 has_genre genre:Horror",
    "film:1 has_genre genre:SciFi",
    "film:2 has_genre genre:Crime",
  ]);
});

it("imports JSON lines by a mapping and, without one, the records of an export", async () => {
  const mapped = await importFolder(
    {
      "films.jsonl": '{"id": 1, "genres": ["Horror", "SciFi"]}\n[1]\n{"id": {"a": 1}, "genres": []}\n',
      "map.json": JSON.stringify({
        tables: [
          { file: "films.jsonl", triples: [{ head: "film:{id}", relation: "has_genre", tail: "{genres}" }] },
        ],
      }),
    },
    { mapping: "map.json" },
  );
  expect(await triplesOf(mapped.db)).toEqual(["film:1 has_genre Horror", "film:1 has_genre SciFi"]);
  expect(mapped.reasons).toEqual([expect.stringMatching(/^films.jsonl\t2\tthe line is no JSON object/)]);

  const records = await importFolder({
    "graph.jsonl":
      '{"kind": "triple", "head": "a", "relation": "r", "tail": "b", "qualifiers": {"x": [1]}}\n' +
      '{"kind": "thing"}\n' +
      '{"kind": "interaction", "user": "u", "item": "a", "weight": 2, "at": "2020-01-01T00:00:00+00:00"}\n',
  });
  expect(records.reasons).toEqual([
    expect.stringMatching(/kind is "thing"; expected entity, relation, triple/),
  ]);
  expect(await records.db.query("select qualifiers from triple")).toEqual([{ qualifiers: { x: [1] } }]);
  expect(await records.db.query("select weight, at::text from interaction")).toEqual([
    { weight: 2, at: "2020-01-01 00:00:00+00" },
  ]);
});

it("names the fault of a mapping", async () => {
  const db = await createTestDatabase();
  const failing = async (mapping: unknown, csv = "id\n1\n") => {
    const folder = await makeFolder({ "map.json": JSON.stringify(mapping), "a.csv": csv });
    return importData(db, {
      path: join(folder, "a.csv"),
      mapping: join(folder, "map.json"),
      rejects: join(folder, "r.tsv"),
    });
  };
  await expect(failing({})).rejects.toThrow(/tables\[0\] has none of entities, triples and interactions/);
  await expect(failing({ tables: 1 })).rejects.toThrow(/"tables" is no list/);
  await expect(failing({ triples: [{ head: "a", relation: "b" }] })).rejects.toThrow(
    /triples\[0\].tail is missing/,
  );
  await expect(failing({ entities: [{ key: "a", colour: "b" }] })).rejects.toThrow(
    /entities\[0\].colour is unknown/,
  );
  await expect(failing({ entities: [{ key: 1 }] })).rejects.toThrow(/entities\[0\].key is 1/);
  await expect(failing({ entities: [{ key: "{nr}" }] })).rejects.toThrow(/a.csv has no column "nr" but "id"/);
  const folder = await makeFolder({ "a.csv": "id\n1\n" });
  await expect(importData(db, { path: join(folder, "a.csv"), rejects: "r" })).rejects.toThrow(
    /expected .* --mapping/,
  );
});
