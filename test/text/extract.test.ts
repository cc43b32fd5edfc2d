import { beforeAll, describe, expect, it } from "vitest";
import { createEntity } from "../../src/kg/curation/createEntity.ts";
import type { Database } from "../../src/kg/database.ts";
import { loadSnapshot } from "../../src/kg/snapshot/loadSnapshot.ts";
import type { Graph } from "../../src/kg/types.ts";
import { openGazetteer } from "../../src/reader/openGazetteer.ts";
import { extractTriples, type Reader } from "../../src/text/extract/extractTriples.ts";
import { splitText } from "../../src/text/splitText.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { openReader, told } from "./support.ts";

let db: Database;
let reader: Reader;
beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  reader = await openReader(db);
});
const read = (text: string) => extractTriples(text, reader).map(told);

describe("a triple is read", () => {
  it.each([
    ["Titanic was directed by James Cameron.", "movie:titanic directed_by person:james-cameron"],
    ["Sir Ridley Scott directed Gladiator.", "movie:gladiator directed_by person:ridley-scott"],
    ["Harrison Ford appears in Blade Runner.", "movie:blade-runner starring person:harrison-ford"],
    ["Linda Hamilton is married to James Cameron.", "person:linda-hamilton married_to person:james-cameron"],
    ["The Terminator is a sci-fi film.", "movie:terminator has_genre genre:science-fiction"],
    ["Aliens follows Alien.", "movie:aliens follows movie:alien"],
    ["Alien is followed by Aliens.", "movie:aliens follows movie:alien"],
  ])("out of %s", (text, triple) => {
    expect(read(text)).toContain(triple);
  });

  it("for each name of a list", () => {
    expect(read("Alien, starring Sigourney Weaver, Tom Skerritt and John Hurt, opened in May.")).toEqual([
      "movie:alien starring person:sigourney-weaver",
      "movie:alien starring ?person:Tom Skerritt",
      "movie:alien starring ?person:John Hurt",
    ]);
  });

  it("with the words that state it, and whether the graph has it", () => {
    const text = "In short: Titanic, a drama, was directed by James Cameron. It stars Kate Winslet.";
    const [genre, director] = extractTriples(text, reader);
    expect(told(genre)).toBe("movie:titanic has_genre genre:drama");
    expect(director).toMatchObject({
      method: "GAZETTEER",
      known: true,
      head: { key: "movie:titanic", type: "movie" },
    });
    const { start, end, quote } = director.span;
    expect(quote).toBe("Titanic, a drama, was directed by James Cameron");
    expect(text.slice(start, end)).toBe(quote);
    expect(director.confidence).toBeGreaterThan(0.5);
    expect(director.confidence).toBeLessThan(1);
  });

  it("as PATTERN where a name is new, and never as part of a longer name", () => {
    const [extraction, ...more] = extractTriples("Alien Covenant was directed by Ridley Scott.", reader);
    expect(more).toEqual([]);
    expect(extraction).toMatchObject({
      ...{ method: "PATTERN", known: false, tail: { key: "person:ridley-scott" } },
      head: { key: null, name: "Alien Covenant", type: "movie" },
    });
  });

  it("by phrases that the caller adds", () => {
    const text = "Titanic sprang from the mind of James Cameron.";
    expect(read(text)).toEqual([]);
    const words = [{ labels: ["directed by"], passive: ["sprang from the mind of"] }];
    expect(extractTriples(text, { ...reader, words }).map(told)).toEqual([
      "movie:titanic directed_by person:james-cameron",
    ]);
  });
});

describe("no triple is read", () => {
  it.each([
    "Titanic was not directed by Ridley Scott.",
    "Ridley Scott is rumoured to have directed Titanic.",
    "It is a myth that Ridley Scott directed Titanic.",
    "Was Titanic directed by Ridley Scott?",
    "Ridley Scott almost directed Titanic.",
    "Ridley Scott and James Cameron saw Titanic.",
    "The alien and the gladiator were directed by nobody.",
    "",
  ])("out of %j", (text) => {
    expect(read(text)).toEqual([]);
  });
});

it("takes time in proportion to a list of names without end", () => {
  const text = "Alien, ".repeat(1_500);
  const start = process.cpuUsage();
  expect(read(text)).toEqual([]);
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(5); // seconds of computing; under half a second alone
});

it("follows the graph: a new entity is a known name in the next reading, in one statement more", async () => {
  let graph: Graph = await loadSnapshot(db);
  const snapshot = {
    get graph() {
      return graph;
    },
  };
  const names = openGazetteer(db, snapshot);
  const text = "Prometheus was directed by Ridley Scott.";
  const readNow = async () => extractTriples(text, { graph, gazetteer: await names() }).map(told);
  expect(await readNow()).toEqual(["?movie:Prometheus directed_by person:ridley-scott"]);
  await createEntity(db, { key: "movie:prometheus", type: "movie", name: "Prometheus" }, { actor: "anna" });
  graph = await loadSnapshot(db);
  const before = db.statements;
  expect(await readNow()).toEqual(["movie:prometheus directed_by person:ridley-scott"]);
  expect(db.statements - before).toBe(1);
  await readNow();
  expect(db.statements - before).toBe(1);
});

it("splits a text into parts that make it up again, between sentences where there are any", () => {
  const text = "Alien came first. Aliens came second.\n\nTitanic sank.";
  expect(splitText(text, 10).map(({ quote }) => quote)).toEqual([
    "Alien came first. ",
    "Aliens came second.\n\n",
    "Titanic sank.",
  ]);
  const endless = "a".repeat(95);
  expect(splitText(endless, 20).map(({ quote }) => quote.length)).toEqual([40, 40, 15]);
});
