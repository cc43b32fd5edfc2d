import type { Database } from "../../../src/kg/database.ts";

/** Attributes that the films get for these tests: one of each kind of value. */
export const ATTRIBUTES = {
  ...{ year: 1979, rating: 8.5, gross: 3_000_000_000, restored: true, tags: ["space", "crew"], lost: null },
  ...{ released: "1979-05-25", seen: "1979-05-25T19:30:00Z", box: { width: 4 } },
};

/** A name that would be a picture, and run a script, where it were shown as it is. */
export const HOSTILE = `<img src=x onerror="alert('x')"> & co`;

/** Gives Alien attributes, and adds another film of that name, of 1980, and one with a hostile name; one change. */
export async function addNamesake(database: Database): Promise<void> {
  await database.transaction(async (db) => {
    await db.query("select open_change('import', 'films', 'a namesake')");
    await db.query("update entity set attributes = $1 where key = 'movie:alien'", [
      JSON.stringify(ATTRIBUTES),
    ]);
    await db.query(
      `insert into entity (key, type, name, description, attributes, is_item) values
        ('movie:alien-1980', 'movie', 'Alien', 'Another film of that name.', '{"year": 1980}', true),
        ('movie:<hostile>', 'movie', $1, '<script>alert(2)</script>', '{"<b>": "<i>"}', true)`,
      [HOSTILE],
    );
  });
}
