import { afterAll, beforeAll, expect, it } from "vitest";
import { createCuration } from "../../../src/kg/curation/index.ts";
import { type Database, openDatabase } from "../../../src/kg/database.ts";
import { storeModel } from "../../../src/kg/models/storeModel.ts";
import { type OpenLiveCounts, openLiveCounts } from "../../../src/openLiveCounts.ts";
import { createTestDatabase } from "../../support/database.ts";
import { type Films, insertFilms } from "../../support/films.ts";

const actor = "curator";
let db: Database;
let films: Films;
let processes: OpenLiveCounts[];
beforeAll(async () => {
  db = await createTestDatabase();
  films = await insertFilms(db);
  const { id } = await storeModel(db, {
    ...{ artifact: Buffer.from([0]), digest: "x", config: {}, configDigest: "x", dataRevision: "1" },
    ...{ interactions: 8, metrics: {} },
    data: { users: 4, items: 6, entities: 13, triples: 18, split: "", seconds: 0, fusion: {}, sample: {} },
  });
  const other = await openDatabase(db.url, { migrate: false });
  processes = [await openLiveCounts(db, id), await openLiveCounts(other, id)];
  afterAll(async () => {
    for (const counts of processes) await counts.close();
    await other.close();
  });
});

it("counts what users did with a merged item for its survivor, in every process, and for itself again when undone", async () => {
  const curation = createCuration(db);
  const made = await curation.createEntity(
    { key: "movie:copy", type: "movie", name: "Copy", isItem: true },
    { actor },
  );
  const [copy, alien, titanic] = [
    made.value!.id,
    films.entities["movie:alien"],
    films.entities["movie:titanic"],
  ].map(Number);
  const at = (day: number) => new Date(Date.UTC(2024, 5, day));
  const rows = [
    { user: "eve", item: "movie:copy", at: at(1) },
    { user: "eve", item: "movie:titanic", at: at(2) },
  ];
  await curation.recordInteractions(rows, { actor });
  // Titanic came after one other item: each shares with the other half an interaction.
  const shared = async () => {
    await Promise.all(processes.map((counts) => counts.settle()));
    return processes.map(({ counts }) =>
      [copy, alien].map((item) => counts.sharesOf(titanic)?.has(item) ?? false),
    );
  };
  expect(await shared()).toEqual([
    [true, false],
    [true, false],
  ]);
  const merge = { into: { key: "movie:alien" }, from: [{ key: "movie:copy" }] };
  const { change } = await curation.mergeEntities(merge, { actor });
  expect(await shared()).toEqual([
    [false, true],
    [false, true],
  ]);
  expect(processes.map(({ counts }) => counts.newUsersOf(alien))).toEqual([1, 1]);
  expect((await curation.revertChange(change!.revision, { actor })).problems).toEqual([]);
  expect(await shared()).toEqual([
    [true, false],
    [true, false],
  ]);
});

it("names the moment of the last change of the counts, which no other commit moves", async () => {
  const [live] = processes;
  await live.settle();
  const before = live.seen;
  expect(before).not.toBeNull();
  await db.query("update model set metrics = metrics");
  await live.settle();
  expect(live.seen).toBe(before);
  const curation = createCuration(db);
  await curation.recordInteractions([{ user: "moe", item: "movie:alien", at: new Date() }], { actor });
  await live.settle();
  expect(live.seen).not.toBe(before);
});
