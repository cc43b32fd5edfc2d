import { expect, it } from "vitest";
import { createTestDatabase } from "../../support/database.ts";
import { insertFilms } from "../../support/films.ts";

it("inserts the film graph in one change", async () => {
  const db = await createTestDatabase();
  const films = await insertFilms(db);
  expect(Object.keys(films.entities)).toHaveLength(13);
  expect(Object.keys(films.relations)).toHaveLength(6);
  expect(Object.keys(films.triples)).toHaveLength(19);
  expect(await db.query(`select revision::int, kind from change`)).toEqual([{ revision: 1, kind: "import" }]);
  expect(await db.query(`select count(*)::int as n from interaction`)).toEqual([{ n: 8 }]);
  expect(
    await db.query(`select domain, range from relation where key in ('related_to', 'starring') order by key`),
  ).toEqual([
    { domain: null, range: null },
    { domain: ["movie"], range: ["person"] },
  ]);
});
