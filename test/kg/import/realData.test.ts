import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { importData } from "../../../src/kg/import/importData.ts";
import { createTestDatabase } from "../../support/database.ts";

const DATA = new URL("../../../../shared/data/", import.meta.url).pathname;
// The larger first: into an empty graph rows go faster.
const sources = [
  { name: "goodbooks", userPrefix: "gb:" },
  { name: "mlsmall", userPrefix: "" },
];

interface Stats {
  readonly users: number;
  readonly items: number;
  readonly interactions: number;
  readonly entities: number;
  readonly relations: number;
  readonly triples: number;
}

const COUNTS = `
  select (select count(*)::int from entity where is_item) as items,
         (select count(*)::int from triple) as triples,
         (select count(*)::int from interaction) as interactions,
         (select count(distinct user_key)::int from interaction) as users,
         (select revision from graph) as revision`;

it.skipIf(!existsSync(join(DATA, "mlsmall")))(
  "imports two real sources into one database as their statistics say, and again without a change",
  async () => {
    const db = await createTestDatabase();
    const sum = { items: 0, triples: 0, interactions: 0, users: 0 };
    for (const [at, { name, userPrefix }] of sources.entries()) {
      const options = { path: join(DATA, name), userPrefix, rejects: join(tmpdir(), `${name}-rejects.tsv`) };
      const stats: Stats = JSON.parse(readFileSync(join(DATA, name, "stats.json"), "utf8"));
      const result = await importData(db, options);
      for (const key of ["items", "triples", "interactions", "users"] as const) sum[key] += stats[key];
      const after = { ...sum, revision: String(at + 1) };
      expect(await db.query(COUNTS)).toEqual([after]);
      expect(result).toMatchObject({
        read: { triples: stats.triples, interactions: stats.interactions },
        rejected: 0,
        made: 0,
      });
      // The second source shares entities with the first (decades): each of its entities is new or known.
      const { inserted, updated, unchanged } = result;
      expect(inserted.entities + updated.entities + unchanged.entities).toBe(stats.entities + stats.items);
      expect(inserted.relations + unchanged.relations).toBe(stats.relations);
      console.log(
        `${name}: ${result.seconds.toFixed(1)} s, ${result.triplesPerSecond.toLocaleString("en-US")} triples/s`,
      );
      const again = await importData(db, options);
      expect(again).toMatchObject({
        inserted: { entities: 0, relations: 0, triples: 0, interactions: 0 },
        updated: { entities: 0, relations: 0, triples: 0, interactions: 0 },
        revision: after.revision,
      });
      expect(await db.query(COUNTS)).toEqual([after]);
    }
  },
  300_000,
);
