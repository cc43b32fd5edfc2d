import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../../src/kg/database.ts";
import { createTestDatabase } from "../../support/database.ts";
import { insertFilms } from "../../support/films.ts";
import { addNamesake } from "./addNamesake.ts";
import { openService } from "./openService.ts";
import { faultsOf } from "./schemas.ts";

interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly score: number;
  readonly match: boolean;
  readonly type: readonly { readonly id: string; readonly name: string }[];
  readonly features: readonly { readonly id: string; readonly value: number | boolean }[];
}

let db: Database;
let service: Awaited<ReturnType<typeof openService>>;
beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  await addNamesake(db);
  await db.query("analyze entity");
  service = await openService(db, { openReading: true });
});
afterAll(() => service.close());

/** Sends a batch as OpenRefine does; the answer must be what the specification says. */
async function reconcile(queries: Readonly<Record<string, unknown>>): Promise<Record<string, Candidate[]>> {
  const response = await service.post({ queries });
  const body = await response.json();
  expect([response.status, body]).toEqual([200, expect.anything()]);
  expect(faultsOf("results", body)).toEqual([]);
  const results = Object.entries(body as Record<string, { result: Candidate[] }>);
  return Object.fromEntries(results.map(([name, { result }]) => [name, result]));
}

/** Candidates of one query as [id, score, match]. */
async function rank(query: unknown): Promise<unknown[]> {
  const { q0 } = await reconcile({ q0: query });
  return q0.map(({ id, score, match }) => [id, score, match]);
}

it("matches a name with the entity that has it", async () => {
  const { q0 } = await reconcile({ q0: { query: "Blade Runner" } });
  expect(q0).toEqual([
    {
      ...{ id: "movie:blade-runner", name: "Blade Runner", score: 100, match: true },
      type: [{ id: "movie", name: "movie" }],
      // Its three triples: its director, its star, its genre.
      features: [
        { id: "name", value: 1 },
        { id: "alias", value: false },
        { id: "degree", value: 3 },
      ],
    },
  ]);
});

it("answers a batch query by query, whatever their names, and a GET as a POST", async () => {
  const queries = JSON.parse(
    '{"__proto__": {"query": "Titanic"}, "second": {"query": "Gladiator"}, "3": {"query": "?"}}',
  );
  const posted = (await (await service.post({ queries })).json()) as Record<string, { result: Candidate[] }>;
  expect(Object.keys(posted)).toEqual(["3", "__proto__", "second"]);
  expect(posted.second.result[0].id).toBe("movie:gladiator");
  expect(posted["3"]).toEqual({ result: [] });
  const got = await service.read<unknown>(`?queries=${encodeURIComponent(JSON.stringify(queries))}`);
  expect(got).toEqual(posted);
});

it.each([
  // In one row 1 of 11 letters is wrong. By words "blade" 5 + 5, "runer" 5/6 of 5 + 6: 19 1/6 of 21 = 0.9127; × 0.97.
  ["a misspelt name", "Blade Runer", [["movie:blade-runner", 88.5317, true]]],
  // No three letters of it are in the graph in a row: 1 − 2/9 = 0.7778 by letters and words; × 0.97 is not enough.
  ["a name that is far off", "Gladitaro", [["movie:gladiator", 75.4444, false]]],
  ["letters in one row", "bladerunner", [["movie:blade-runner", 97, true]]],
  ["the surname first", "Scott, Ridley", [["person:ridley-scott", 97, true]]],
  ["an alias", "sir ridley scott", [["person:ridley-scott", 98, true]]],
  // "terminator" 10 + 10 letters, "the" counts 1: 20/21 × 0.97
  ["a name without its article", "Terminator", [["movie:terminator", 92.381, true]]],
  ["a key in place of a name", "movie:titanic", [["movie:titanic", 100, true]]],
  ["what is not in the graph", "Solaris", []],
])("scores %s", async (_, query, expected) => {
  expect(await rank({ query })).toEqual(expected);
});

it("matches no name that two entities have, whatever the limit, and tells them by year", async () => {
  const { q0, q1 } = await reconcile({ q0: { query: "Alien", limit: 3 }, q1: { query: "Alien", limit: 1 } });
  expect(q0.map(({ id, score, match }) => [id, score, match])).toEqual([
    ["movie:alien", 100, false], // four triples
    ["movie:alien-1980", 100, false], // none
    ["movie:aliens", 80.8333, false], // 1 − 1/6, × 0.97
  ]);
  expect(q0.map(({ description }) => description)).toEqual([
    "movie, 1979",
    "Another film of that name.",
    undefined,
  ]);
  expect(q1.map(({ id, match }) => [id, match])).toEqual([["movie:alien", false]]);
});

it.each([
  // Brackets left out: × 0.97
  ["Gladiator [film]", [["movie:gladiator", 97, true]]],
  // A year in them that is more than one off: × 0.6; Aliens has none: 0.808333 × 0.97
  [
    "Alien (1965)",
    [
      ["movie:aliens", 78.4083, false],
      ["movie:alien", 58.2, false],
      ["movie:alien-1980", 58.2, false],
    ],
  ],
])("reads the brackets of %s", async (query, expected) => {
  expect(await rank({ query, limit: 3 })).toEqual(expected);
});

it.each([
  // Another type: × 0.6, and no match.
  ["should", "movie", [["person:ridley-scott", 60, false]]],
  [undefined, "movie", [["person:ridley-scott", 60, false]]],
  ["should", "person", [["person:ridley-scott", 100, true]]],
  ["any", "movie", []],
  ["any", ["movie", "person"], [["person:ridley-scott", 100, true]]],
  ["all", ["person"], [["person:ridley-scott", 100, true]]],
  ["all", ["movie", "person"], []], // an entity has one type
])("takes types with the strictness %s: %s", async (type_strict, type, expected) => {
  expect(await rank({ query: "Ridley Scott", type, type_strict })).toEqual(expected);
});

it.each([
  // Each property weighs half as much as the name. Fits: 1; nothing known 0.5; another director 0.
  [
    "a relation",
    { pid: "directed_by", v: { id: "person:ridley-scott", name: "?" } },
    [
      ["movie:alien", 100, true],
      ["movie:alien-1980", 83.3333, false], // (1 + 0.25) ÷ 1.5
      ["movie:aliens", 53.8889, false], // 0.808333 ÷ 1.5
    ],
  ],
  [
    "a relation by a misspelt name",
    { pid: "directed_by", v: "James Camron" },
    [
      // "camron" 1 of 7 letters off: (10 + 6/7 × 13) ÷ 23 = 0.919255; × 0.97 = 0.891677: (0.808333 + 0.445839) ÷ 1.5
      ["movie:aliens", 83.6115, false],
      ["movie:alien-1980", 83.3333, false],
      ["movie:alien", 66.6667, false],
    ],
  ],
  [
    "an attribute",
    { pid: "@year", v: "1980" },
    [
      ["movie:alien-1980", 100, true],
      ["movie:alien", 83.3333, false], // one year off: half
      ["movie:aliens", 70.5556, false], // nothing known: (0.808333 + 0.25) ÷ 1.5
    ],
  ],
  [
    "a date by its year",
    { pid: "@released", v: 1979 },
    [
      ["movie:alien", 100, true],
      ["movie:alien-1980", 83.3333, false],
      ["movie:aliens", 70.5556, false],
    ],
  ],
  [
    "one of several values",
    { pid: "@tags", v: ["crew", "gods"] },
    [
      ["movie:alien", 83.3333, false], // half of them: no match, since another is as good
      ["movie:alien-1980", 83.3333, false],
      ["movie:aliens", 70.5556, false],
    ],
  ],
  [
    "what leads to it",
    { pid: "^follows", v: "Aliens" },
    [
      ["movie:alien", 100, true],
      ["movie:alien-1980", 83.3333, false],
      ["movie:aliens", 70.5556, false],
    ],
  ],
])("scores by %s", async (_, property, expected) => {
  expect(await rank({ query: "Alien", limit: 3, properties: [property] })).toEqual(expected);
});

it("tells what each score was made of", async () => {
  const properties = [
    { pid: "directed_by", v: "James Cameron" },
    { pid: "@year", v: 1979 },
  ];
  const { q0 } = await reconcile({ q0: { query: "Alien", type: "movie", properties } });
  const alien = q0.find(({ id }) => id === "movie:alien");
  expect(alien?.score).toBe(75); // (1 + 0.5 × 0 + 0.5 × 1) ÷ 2
  expect(alien?.features).toEqual([
    { id: "name", value: 1 },
    { id: "alias", value: false },
    { id: "type", value: true },
    { id: "property directed_by", value: 0 },
    { id: "property @year", value: 1 },
    { id: "degree", value: 4 },
  ]);
});

it("finds by values alone what has no name", async () => {
  const properties = [
    { pid: "directed_by", v: { id: "person:james-cameron" } },
    { pid: "starring", v: "Sigourney Weaver" },
  ];
  expect(await rank({ properties })).toEqual([
    ["movie:aliens", 100, true],
    ["movie:titanic", 75, false], // no star is known: (1 + 0.5) ÷ 2
    ["movie:alien", 50, false], // four triples
    ["movie:terminator", 50, false], // three
  ]);
  // An attribute leads to no entity, but tells those apart to which a relation has led.
  expect(await rank({ properties: [{ pid: "@year", v: 1979 }] })).toEqual([]);
  const [first] = await rank({
    properties: [
      { pid: "has_genre", v: "sci-fi" },
      { pid: "@year", v: 1979 },
    ],
  });
  expect(first).toEqual(["movie:alien", 100, true]);
});

it("takes as many statements for 50 queries as for one", async () => {
  const query = {
    query: "Alien",
    properties: [
      { pid: "directed_by", v: { id: "person:ridley-scott" } },
      { pid: "@year", v: 1979 },
    ],
  };
  const count = async (queries: Record<string, unknown>) => {
    const before = db.statements;
    await reconcile(queries);
    return db.statements - before;
  };
  const names = ["Alien", "Alein", "Titanik", "James Cameron", "nothing", "movie:gladiator", "Blade Runer"];
  const fifty = Array.from({ length: 50 }, (_, i) => [`q${i}`, { ...query, query: names[i % names.length] }]);
  expect(await count({ q0: query })).toBe(3); // keys, like names, excerpts
  expect(await count(Object.fromEntries(fifty))).toBe(3);
});

it("knows a new name as soon as the graph has it", async () => {
  const change = await db.transaction(async (one) => {
    const [{ revision }] = await one.query<{ revision: string }>(
      "select open_change('edit', 'ann', null)::text as revision",
    );
    await one.query("update entity set name = 'Titanica' where key = 'movie:titanic'");
    return revision;
  });
  await service.snapshot.waitFor(change, 5_000);
  expect(await rank({ query: "Titanica" })).toEqual([["movie:titanic", 100, true]]);
});
