import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeDemo } from "../../demo/writeDemo.ts";
import { DEMO, FILMS, groupRows, type Row, readTable, TRUTH } from "../support/demoFilms.ts";

let items: Row[];
let entities: Row[];
let relations: Row[];
let triples: Row[];
let triplesOf: ReadonlyMap<string, readonly Row[]>;

beforeAll(async () => {
  items = await readTable("items");
  entities = await readTable("entities");
  relations = await readTable("relations");
  triples = await readTable("triples");
  triplesOf = groupRows(triples, "head");
});

/** What a film is connected to, as "relation tail". */
function factsOf(film: string): string[] {
  return (triplesOf.get(film) ?? []).map(({ relation, tail }) => `${relation} ${tail}`);
}

describe("the demo's files", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "whygraph-demo-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("are byte for byte what the generator writes", async () => {
    await writeDemo(folder);
    for (const part of ["films", "truth"]) {
      const names = (await readdir(join(DEMO, part))).sort();
      expect((await readdir(join(folder, part))).sort()).toEqual(names);
      for (const name of names) {
        const [written, checkedIn] = await Promise.all(
          [folder, DEMO].map((root) => readFile(join(root, part, name))),
        );
        expect(written.equals(checkedIn), `${part}/${name} differs: run npm run demo`).toBe(true);
      }
    }
  });

  it("take less than 2 MB", async () => {
    const files = [FILMS, TRUTH].map(async (part) => (await readdir(part)).map((name) => join(part, name)));
    const sizes = (await Promise.all(files)).flat().map(async (file) => (await stat(file)).size);
    expect((await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)).toBeLessThan(2_000_000);
  });

  it("have the counts that the README tells", async () => {
    const readme = await readFile(join(DEMO, "README.md"), "utf8");
    const told = [...readme.matchAll(/^\| `(films|truth)\/(\w+)\.tsv` \| ([\d,]+) /gm)];
    expect(told.map(([, part, name]) => `${part}/${name}`)).toEqual([
      "films/items",
      "films/entities",
      "films/relations",
      "films/triples",
      "films/interactions",
      "truth/tastes",
      "truth/crowds",
      "truth/members",
    ]);
    for (const [, part, name, count] of told) {
      const rows = await readTable(name, join(DEMO, part));
      expect(rows.length, name).toBe(Number(count.replace(",", "")));
    }
  });
});

describe("the film graph", () => {
  it("has at least a thousand films, each with one director and one decade", () => {
    expect(items.length).toBeGreaterThanOrEqual(1000);
    for (const relation of ["directed_by", "released_in"]) {
      const heads = triples.filter((triple) => triple.relation === relation).map(({ head }) => head);
      expect(heads.sort()).toEqual(items.map(({ item }) => item).sort());
    }
  });

  it("gives each film and entity a readable key of its own", () => {
    const keys = [...items.map(({ item }) => item!), ...entities.map(({ entity }) => entity!)];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => !/^[a-z_]+:[a-z0-9]+(-[a-z0-9]+)*$/.test(key))).toEqual([]);
  });

  it("has no triple twice, and none whose ends or relation are missing or of another type", () => {
    const typeOf = new Map([
      ...items.map(({ item, type }) => [item!, type!] as const),
      ...entities.map(({ entity, type }) => [entity!, type!] as const),
    ]);
    const shapeOf = new Map(
      relations.map(({ relation, domain, range }) => [relation!, `${domain} ${range}`]),
    );
    const wrong = triples.filter(
      ({ head, relation, tail }) =>
        shapeOf.get(relation!) !== `["${typeOf.get(head!)}"] ["${typeOf.get(tail!)}"]`,
    );
    expect(wrong).toEqual([]);
    expect(new Set(triples.map(({ head, relation, tail }) => `${head} ${relation} ${tail}`)).size).toBe(
      triples.length,
    );
  });

  it("has no entity without a film, no relation without a triple", () => {
    expect([...groupRows(triples, "tail").keys()].sort()).toEqual(
      entities.map(({ entity }) => entity).sort(),
    );
    expect([...groupRows(triples, "relation").keys()].sort()).toEqual(
      relations.map(({ relation }) => relation).sort(),
    );
  });

  it("knows Alien", () => {
    expect(factsOf("movie:alien-1979")).toEqual([
      "directed_by person:ridley-scott",
      "has_genre genre:horror",
      "told_as creative_type:science-fiction",
      "based_on source:new-screenplay",
      "part_of_series series:alien",
      "released_in decade:1970s",
      "distributed_by company:20th-century-fox",
      "certified_as certificate:r",
    ]);
    expect(entities.find(({ entity }) => entity === "person:ridley-scott")?.name).toBe("Ridley Scott");
  });

  it.each([
    ["movie:the-best-years-of-our-lives-1946", "The Best Years of Our Lives", "the source says 2046"],
    ["movie:gone-with-the-wind-1939", "Gone with the Wind", "the source says 2039"],
    ["movie:the-big-parade-1925", "The Big Parade", "the source says 2025"],
    ["movie:casablanca-1942", "Casablanca", "the source says 31 December 1941"],
    ["movie:good-will-hunting-1997", "Good Will Hunting", "the source says 1987"],
    ["movie:300-2007", "300", "the title is a number there"],
    ["movie:alien-3-1992", "Alien 3", "the title has a superscript there"],
    ["movie:das-boot-1982", "Das Boot", "the article is last there"],
    [
      "movie:the-charge-of-the-light-brigade-1936",
      "The Charge of the Light Brigade",
      "the article is last there",
    ],
    ["movie:seven-samurai-1954", "Seven Samurai", "it has its Japanese title there"],
    ["movie:amelie-2001", "Amélie", "the letters are misread there"],
  ])("calls %s %s, though %s", (key, name) => {
    expect(items.find(({ item }) => item === key)?.name).toBe(name);
  });

  it("keeps a film and its remake apart", () => {
    expect(factsOf("movie:king-kong-1976")).toContain("directed_by person:john-guillermin");
    expect(factsOf("movie:king-kong-2005")).toContain("directed_by person:peter-jackson");
  });

  it("has a year in each film's attributes that agrees with its key and its decade", () => {
    for (const { item, attributes } of items) {
      const { year, released } = JSON.parse(attributes!);
      expect(item!.endsWith(`-${year}`), `${item} ${year}`).toBe(true);
      expect(factsOf(item!)).toContain(`released_in decade:${Math.floor(year / 10)}0s`);
      if (released !== undefined) expect(released.slice(0, 4)).toBe(String(year));
      expect(year).toBeGreaterThan(1920);
      expect(year).toBeLessThan(2012);
    }
  });
});
