import { afterEach, describe, expect, it, vi } from "vitest";
import { type LiveSnapshot, openLiveSnapshot } from "../../../src/kg/snapshot/openLiveSnapshot.ts";
import { deleteVectorSet } from "../../../src/kg/vectors/deleteVectorSet.ts";
import { findVectorSets } from "../../../src/kg/vectors/findVectorSets.ts";
import { loadVectorSets, loadVectors } from "../../../src/kg/vectors/loadVectors.ts";
import { openVectorSet } from "../../../src/kg/vectors/openVectorSet.ts";
import { announceVectors, writeVectors } from "../../../src/kg/vectors/writeVectors.ts";
import { createTestDatabase } from "../../support/database.ts";
import { insertFilms } from "../../support/films.ts";

const IMAGE = { name: "image", kind: "VECTOR", encoder: "clip@1", dim: 3 } as const;

let live: LiveSnapshot | null = null;
afterEach(async () => {
  await live?.close();
  live = null;
});

function row(entityId: string, vector: readonly number[] | null) {
  const reason = vector ? null : "no image";
  return { entityId, digest: Buffer.from("x"), vector: vector && Float32Array.from(vector), reason };
}

describe("a vector set", () => {
  it("loads what was written, by ascending entity, without those that have no vector", async () => {
    const database = await createTestDatabase();
    const { entities } = await insertFilms(database);
    const id = await openVectorSet(database, IMAGE);
    const [alien, aliens, runner] = ["alien", "aliens", "blade-runner"].map(
      (name) => entities[`movie:${name}`],
    );
    await writeVectors(database, id, [
      row(runner, [0.1, -2, 3e-7]),
      row(alien, [1, 2, 3]),
      row(aliens, null),
    ]);
    await writeVectors(database, id, [row(alien, [4, 5, 6])]); // again: the newer one counts
    const set = await loadVectors(database, "image");
    const known = [
      { id: Number(alien), vector: [4, 5, 6] },
      { id: Number(runner), vector: [0.1, -2, 3e-7] },
    ].sort((a, b) => a.id - b.id);
    expect(Array.from(set.ids)).toEqual(known.map((one) => one.id));
    expect(set.values).toEqual(Float32Array.from(known.flatMap((one) => one.vector)));
    expect(await findVectorSets(database)).toMatchObject([{ ...IMAGE, encoded: 2, refused: 1 }]);
  });

  it("loads thousands of vectors across the chunks of the stream", async () => {
    const database = await createTestDatabase();
    await database.transaction(async (tx) => {
      await tx.query(`select open_change('test', 'tester')`);
      await tx.query(
        `insert into entity (key, type, name) select 'e:' || n, 'e', n::text from generate_series(1, 3000) n`,
      );
    });
    const ids = (await database.query<{ id: string }>(`select id from entity order by id desc`)).map(
      (entity) => entity.id,
    );
    const id = await openVectorSet(database, { ...IMAGE, dim: 300 });
    const vectorOf = (entity: number) => Array.from({ length: 300 }, (_, k) => entity + k / 512);
    await writeVectors(
      database,
      id,
      ids.map((entity) => row(entity, vectorOf(Number(entity)))),
    );
    const [set] = await loadVectorSets(database);
    expect(set.ids).toHaveLength(3000);
    for (const [place, entity] of set.ids.entries()) {
      const vector = set.values.subarray(place * 300, (place + 1) * 300);
      expect([vector[0], vector[299]]).toEqual([entity, entity + 299 / 512]);
      if (place > 0) expect(entity).toBeGreaterThan(set.ids[place - 1]);
    }
  });

  it("passes over an entity that was removed meanwhile", async () => {
    const database = await createTestDatabase();
    const id = await openVectorSet(database, IMAGE);
    await writeVectors(database, id, [row("999", [1, 2, 3])]);
    expect((await loadVectors(database, "image")).ids).toHaveLength(0);
  });

  it("becomes another one only while it is empty", async () => {
    const database = await createTestDatabase();
    const { entities } = await insertFilms(database);
    await openVectorSet(database, IMAGE);
    const id = await openVectorSet(database, { ...IMAGE, encoder: "clip@2" });
    await writeVectors(database, id, [row(entities["movie:alien"], [1, 2, 3])]);
    expect(await openVectorSet(database, { ...IMAGE, encoder: "clip@2" })).toBe(id);
    for (const other of [{ encoder: "clip@3" }, { dim: 4 }, { kind: "TEXT" as const }]) {
      await expect(openVectorSet(database, { ...IMAGE, encoder: "clip@2", ...other })).rejects.toMatchObject({
        code: "CONFLICT",
        message: expect.stringContaining('"image" holds VECTOR vectors of clip@2 with 3 numbers'),
      });
    }
  });

  it("has a name that can be typed", async () => {
    const database = await createTestDatabase();
    await expect(openVectorSet(database, { ...IMAGE, name: "My Vectors" })).rejects.toThrow(
      'a vector set cannot be called "My Vectors"',
    );
  });

  it("goes with its vectors, and is not found afterwards", async () => {
    const database = await createTestDatabase();
    const { entities } = await insertFilms(database);
    const id = await openVectorSet(database, IMAGE);
    await writeVectors(database, id, [row(entities["movie:alien"], [1, 2, 3])]);
    await deleteVectorSet(database, "image");
    expect(await database.query(`select from entity_vector`)).toEqual([]);
    await expect(deleteVectorSet(database, "image")).rejects.toThrow('no vector set is called "image"');
    await expect(loadVectors(database, "image")).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a process that holds the graph", () => {
  for (const [way, pollMs] of [
    ["a notice", 60_000],
    ["its poll, where the notice was lost", 100],
  ] as const) {
    it(`hears of new vectors and of a deleted set by ${way}`, async () => {
      const database = await createTestDatabase();
      const { entities } = await insertFilms(database);
      const id = await openVectorSet(database, IMAGE);
      live = await openLiveSnapshot(database, { pollMs });
      const seen = vi.fn();
      live.onVectorsChange(seen);
      const mute = pollMs < 1_000 ? "alter table vector_set disable trigger user" : "select";
      await database.query(mute);
      await writeVectors(database, id, [row(entities["movie:alien"], [1, 2, 3])]);
      expect(seen).not.toHaveBeenCalled();
      await announceVectors(database, id);
      await vi.waitFor(() => expect(seen).toHaveBeenCalledTimes(1), 2_000);
      await deleteVectorSet(database, "image");
      await vi.waitFor(() => expect(seen).toHaveBeenCalledTimes(2), 2_000);
    });
  }
});
