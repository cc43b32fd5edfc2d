import { afterAll, beforeAll, expect, it } from "vitest";
import { type EncodeOptions, encodeEntities } from "../src/encodeEntities.ts";
import type { Database } from "../src/kg/database.ts";
import { loadSnapshot } from "../src/kg/snapshot/loadSnapshot.ts";
import { findVectorSets } from "../src/kg/vectors/findVectorSets.ts";
import { loadVectors } from "../src/kg/vectors/loadVectors.ts";
import { type Backend, openBackend } from "../src/ranker/backend.ts";
import type { Encoder } from "../src/ranker/text/Encoder.ts";
import { openUseLite } from "../src/ranker/text/useLite/openUseLite.ts";
import { createTestDatabase } from "./support/database.ts";
import { insertFilms } from "./support/films.ts";

let backend: Backend;
let useLite: Encoder;

beforeAll(async () => {
  backend = await openBackend("wasm");
  useLite = await openUseLite(backend.tf);
});
afterAll(() => backend.close());

/** The real encoder, which also notes what it is asked for. */
function watch(encoder: Encoder): { encoder: Encoder; asked: string[] } {
  const asked: string[] = [];
  const encode = (texts: readonly string[]) => {
    asked.push(...texts);
    return encoder.encode(texts);
  };
  return { encoder: { ...encoder, encode }, asked };
}

async function encodeAll(database: Database, options: EncodeOptions & { encoder?: Encoder } = {}) {
  const { encoder, asked } = watch(options.encoder ?? useLite);
  const result = await encodeEntities(database, await loadSnapshot(database), { ...options, encoder });
  return { result, asked };
}

async function edit(database: Database, statement: string): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query(`select open_change('test', 'tester')`);
    await tx.query(statement);
  });
}

it("encodes all entities in words, items first, and loads what it stored", async () => {
  const database = await createTestDatabase();
  const { entities } = await insertFilms(database);
  const { result, asked } = await encodeAll(database);
  expect(result).toMatchObject({
    set: "text",
    dim: 512,
    encoded: 13,
    unchanged: 0,
    refused: {},
    finished: true,
  });
  expect(asked.slice(0, 6).sort()).toEqual([
    "Alien. directed by Ridley Scott; starring Sigourney Weaver; has genre Science Fiction; followed by Aliens",
    "Aliens. directed by James Cameron; starring Sigourney Weaver; has genre Science Fiction; follows Alien",
    "Blade Runner. directed by Ridley Scott; starring Harrison Ford; has genre Science Fiction",
    "Gladiator. directed by Ridley Scott; has genre Drama",
    "The Terminator. directed by James Cameron; starring Linda Hamilton; has genre Science Fiction",
    "Titanic. directed by James Cameron; has genre Drama",
  ]);
  expect(asked).toContain("Linda Hamilton. appears in The Terminator; married to James Cameron");
  const set = await loadVectors(database, "text");
  expect(set).toMatchObject({ name: "text", kind: "TEXT", encoder: "use-lite-en@0.2.0", dim: 512 });
  expect(Array.from(set.ids, String)).toEqual(Object.values(entities).sort((a, b) => Number(a) - Number(b)));
  const row = set.ids.indexOf(Number(entities["movie:titanic"]));
  const [alone] = await useLite.encode(["Titanic. directed by James Cameron; has genre Drama"]);
  const cosine = alone!.reduce((sum, value, k) => sum + value * set.values[row * 512 + k], 0);
  expect(cosine).toBeCloseTo(1, 5);
});

it("encodes again only those whose words have changed", async () => {
  const database = await createTestDatabase();
  await insertFilms(database);
  await encodeAll(database);
  expect((await encodeAll(database)).asked).toEqual([]);
  await edit(database, `update entity set name = 'Jim Cameron' where key = 'person:james-cameron'`);
  const { result, asked } = await encodeAll(database);
  // He himself, his three films, and whom he married.
  expect(asked.map((text) => text.split(".")[0]).sort()).toEqual([
    ...["Aliens", "Jim Cameron", "Linda Hamilton", "The Terminator", "Titanic"],
  ]);
  expect(result).toMatchObject({ encoded: 5, unchanged: 8 });
});

it("encodes items alone where it is told to, and the others later", async () => {
  const database = await createTestDatabase();
  await insertFilms(database);
  expect((await encodeAll(database, { itemsOnly: true })).result.encoded).toBe(6);
  expect((await encodeAll(database)).result).toMatchObject({ encoded: 7, unchanged: 6 });
});

it("refuses to mix two encoders in one set, and names both", async () => {
  const database = await createTestDatabase();
  await insertFilms(database);
  await encodeAll(database, { itemsOnly: true });
  const other = { ...useLite, id: "other@1" };
  await expect(encodeAll(database, { encoder: other })).rejects.toThrow(
    'the vector set "text" holds TEXT vectors of use-lite-en@0.2.0 with 512 numbers, expected one that holds ' +
      "TEXT vectors of other@1 with 512 numbers",
  );
  expect((await encodeAll(database, { encoder: other, set: "other", itemsOnly: true })).result.encoded).toBe(
    6,
  );
});

it("marks what is written in a script that it cannot read, by the entity's own words", async () => {
  const database = await createTestDatabase();
  await insertFilms(database);
  await edit(
    database,
    `insert into entity (key, type, name, is_item, description)
       values ('movie:chihiro', 'movie', '千と千尋の神隠し', true, null), ('movie:okja', 'movie', 'Okja', true, '옥자')`,
  );
  await edit(
    database,
    `insert into triple (head_id, relation_id, tail_id) select h.id, r.id, t.id from entity h, relation r, entity t
      where h.key = 'movie:chihiro' and r.key = 'related_to' and t.key = 'movie:okja'`,
  );
  const { result, asked } = await encodeAll(database, { itemsOnly: true });
  // "千と千尋の神隠し" has 8 letters without pieces beside the 4 of "Okja"; "Okja … 옥자 …" 10 of 14.
  expect(result.refused).toEqual({ "no pieces for Han": 2 });
  expect(asked).toHaveLength(6);
  expect(await findVectorSets(database)).toMatchObject([{ name: "text", encoded: 6, refused: 2 }]);
  expect((await loadVectors(database, "text")).ids).toHaveLength(6);
});

it("drops the vectors of merged and of deleted entities", async () => {
  const database = await createTestDatabase();
  const { entities } = await insertFilms(database);
  await encodeAll(database);
  await edit(
    database,
    `update entity set merged_into = ${entities["movie:alien"]} where key = 'movie:gladiator'`,
  );
  await edit(database, `delete from triple where tail_id = ${entities["person:harrison-ford"]}`);
  await edit(database, `delete from entity where key = 'person:harrison-ford'`);
  const { result, asked } = await encodeAll(database);
  expect(result.removed).toBe(1);
  const { ids } = await loadVectors(database, "text");
  expect(ids).toHaveLength(11);
  expect(Array.from(ids, String)).not.toContain(entities["movie:gladiator"]);
  expect(Array.from(ids, String)).not.toContain(entities["person:harrison-ford"]);
  expect(asked).toContain("Ridley Scott. directed Alien, Blade Runner");
});

it("keeps what it has written when it is stopped, and goes on from there", async () => {
  const database = await createTestDatabase();
  await edit(
    database,
    `insert into entity (key, type, name, is_item)
       select 'movie:' || n, 'movie', 'Film ' || n, true from generate_series(1, 150) n`,
  );
  const stop = new AbortController();
  const stopped = await encodeAll(database, {
    signal: stop.signal,
    onProgress: (done) => done > 0 && stop.abort(),
  });
  expect(stopped.result).toMatchObject({ encoded: 128, finished: false });
  expect((await encodeAll(database)).result).toMatchObject({ encoded: 22, unchanged: 128, finished: true });
});
