import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeDemo } from "../../demo/writeDemo.ts";

const FILMS = fileURLToPath(new URL("../../demo/films/", import.meta.url));
type Row = Readonly<Record<string, string>>;

async function readTable(name: string): Promise<Row[]> {
  const [header, ...lines] = (await readFile(join(FILMS, name), "utf8")).replace(/\n$/, "").split("\n");
  const columns = header!.split("\t");
  return lines.map((line) => {
    const cells = line.split("\t");
    if (cells.length !== columns.length)
      throw new Error(`${name}: ${line}: expected ${columns.length} cells`);
    return Object.fromEntries(columns.map((column, index) => [column, cells[index]!]));
  });
}

let items: Row[];
let entities: Row[];
let relations: Row[];
let triples: Row[];
let triplesOf: ReadonlyMap<string, readonly Row[]>;
let interactions: Row[];
let tastes: Row[];

beforeAll(async () => {
  [items, entities, relations, triples, interactions, tastes] = (await Promise.all(
    ["items", "entities", "relations", "triples", "interactions", "tastes"].map((name) =>
      readTable(`${name}.tsv`),
    ),
  )) as [Row[], Row[], Row[], Row[], Row[], Row[]];
  triplesOf = group(triples, "head");
});

function group(rows: readonly Row[], column: string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const own = groups.get(row[column]!);
    if (own) own.push(row);
    else groups.set(row[column]!, [row]);
  }
  return groups;
}

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
    const names = (await readdir(FILMS)).sort();
    expect((await readdir(folder)).sort()).toEqual(names);
    for (const name of names) {
      const [written, checkedIn] = await Promise.all([
        readFile(join(folder, name)),
        readFile(join(FILMS, name)),
      ]);
      expect(written.equals(checkedIn), `${name} differs: run npm run demo`).toBe(true);
    }
  });

  it("take less than 2 MB", async () => {
    const sizes = await Promise.all(
      (await readdir(FILMS)).map(async (name) => (await stat(join(FILMS, name))).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_000_000);
  });

  it("have the counts that the README tells", async () => {
    const readme = await readFile(join(FILMS, "..", "README.md"), "utf8");
    const told = [...readme.matchAll(/^\| `(\w+)\.tsv` \| ([\d,]+)/gm)].map(([, name, count]) => [
      name,
      Number(count!.replace(",", "")),
    ]);
    expect(told).toEqual([
      ["items", items.length],
      ["entities", entities.length],
      ["relations", relations.length],
      ["triples", triples.length],
      ["interactions", interactions.length],
    ]);
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
    expect([...group(triples, "tail").keys()].sort()).toEqual(entities.map(({ entity }) => entity).sort());
    expect([...group(triples, "relation").keys()].sort()).toEqual(
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

describe("the simulated users", () => {
  it("are at least 200, each with 15 to 60 ratings of films of the demo, none twice, in the order of time", () => {
    const films = new Set(items.map(({ item }) => item));
    const users = group(interactions, "user");
    expect(users.size).toBeGreaterThanOrEqual(200);
    for (const [user, ratings] of users) {
      expect(ratings.length, user).toBeGreaterThanOrEqual(15);
      expect(ratings.length, user).toBeLessThanOrEqual(60);
      expect(ratings.filter(({ item }) => !films.has(item!))).toEqual([]);
      expect(new Set(ratings.map(({ item }) => item)).size, user).toBe(ratings.length);
      const times = ratings.map(({ timestamp }) => Number(timestamp));
      expect(times.every((time, index) => index === 0 || time > times[index - 1]!)).toBe(true);
    }
  });

  it("rate from half a star to five, in halves", () => {
    const values = [...new Set(interactions.map(({ value }) => Number(value)))].sort((a, b) => a - b);
    expect(values).toEqual([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5]);
  });

  it("have one to three tastes each, for entities of the graph", () => {
    const known = new Set(triples.map(({ relation, tail }) => `${relation} ${tail}`));
    const users = group(tastes, "user");
    expect([...users.keys()]).toEqual([...group(interactions, "user").keys()]);
    for (const [user, own] of users) expect([1, 2, 3], user).toContain(own.length);
    expect(tastes.filter(({ relation, entity }) => !known.has(`${relation} ${entity}`))).toEqual([]);
  });

  it("meet what they like more often than others do, like it better, and leave some of it unseen", () => {
    const seenBy = group(interactions, "user");
    for (const { user, relation, entity } of tastes) {
      const liked = new Set(
        triples.filter((t) => t.relation === relation && t.tail === entity).map((t) => t.head!),
      );
      const seen = seenBy.get(user!)!;
      const hits = seen.filter(({ item }) => liked.has(item!)).length;
      expect(liked.size - hits, `${user} ${entity}`).toBeGreaterThan(0);
    }
    const truth = new Set(tastes.map(({ user, entity }) => `${user} ${entity}`));
    const tails = new Map(
      [...group(triples, "head")].map(([head, rows]) => [head, rows.map(({ tail }) => tail!)]),
    );
    const fits = interactions.map((row) =>
      tails.get(row.item!)!.some((tail) => truth.has(`${row.user} ${tail}`)),
    );
    // Three of four films are met by taste, and of the others some fit by chance.
    const fitting = fits.filter(Boolean).length / fits.length;
    expect(fitting).toBeGreaterThan(0.7);
    expect(fitting).toBeLessThan(0.95);
    const mean = (fit: boolean) => {
      const values = interactions.filter((_, index) => fits[index] === fit).map(({ value }) => Number(value));
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    // A fitting film gains 1.5 × its taste's weight (0.5..1.2), less what the top of the scale cuts off.
    expect(mean(true) - mean(false)).toBeGreaterThan(0.75);
  });

  it("include ada, who likes Ridley Scott and science fiction and has films of both left to see", () => {
    expect(tastes.filter(({ user }) => user === "ada").map(({ entity }) => entity)).toEqual([
      "person:ridley-scott",
      "creative_type:science-fiction",
    ]);
    const seen = new Set(interactions.filter(({ user }) => user === "ada").map(({ item }) => item));
    const by = triples.filter(({ tail }) => tail === "person:ridley-scott").map(({ head }) => head);
    expect(seen.has("movie:alien-1979")).toBe(true);
    expect(by.filter((film) => seen.has(film)).length).toBeGreaterThanOrEqual(5);
    expect(by.filter((film) => !seen.has(film)).length).toBeGreaterThanOrEqual(4);
  });
});
