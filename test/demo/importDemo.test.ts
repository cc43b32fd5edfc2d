import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/kg/database.ts";
import { importData } from "../../src/kg/import/importData.ts";
import type { ImportResult } from "../../src/kg/import/types.ts";
import { createTestDatabase } from "../support/database.ts";

const OPTIONS = {
  path: fileURLToPath(new URL("../../demo/films", import.meta.url)),
  rejects: join(tmpdir(), `whygraph-demo-rejects-${process.pid}.tsv`),
};

describe("importing the demo", () => {
  let db: Database;
  let result: ImportResult;
  beforeAll(async () => {
    db = await createTestDatabase();
    result = await importData(db, OPTIONS);
  });

  it("takes every row, makes no entity up and leaves no table out", () => {
    expect(result.rejected).toBe(0);
    expect(result.made).toBe(0);
    // 1,868 films and 761 others.
    expect(result.inserted).toEqual({ entities: 2629, relations: 8, triples: 12449, interactions: 9308 });
    expect(result.skipped).toEqual([]);
  });

  it("changes nothing the second time", async () => {
    const again = await importData(db, OPTIONS);
    expect(again.inserted).toEqual({ entities: 0, relations: 0, triples: 0, interactions: 0 });
    expect(again.updated).toEqual({ entities: 0, relations: 0, triples: 0, interactions: 0 });
    expect(again.revision).toBe(result.revision);
  });

  it("keeps names, aliases, figures and the words of sentences", async () => {
    const [film] = await db.query(
      "select name, type, is_item, aliases, attributes->>'year' as year from entity where key = 'movie:amelie-2001'",
    );
    expect(film).toEqual({
      name: "Amélie",
      type: "movie",
      is_item: true,
      aliases: ["Le Fabuleux destin d'Amélie Poulain"],
      year: "2001",
    });
    const [relation] = await db.query(
      "select label, inverse_label, domain, range from relation where key = 'directed_by'",
    );
    expect(relation).toEqual({
      label: "directed by",
      inverse_label: "directed",
      domain: ["movie"],
      range: ["person"],
    });
  });

  it("dates ada's ratings from 2012 on", async () => {
    const [{ first, count }] = await db.query<{ first: Date; count: string }>(
      "select min(at) as first, count(*) from interaction where user_key = 'ada' and kind = 'rating'",
    );
    expect(Number(count)).toBe(57);
    expect(first.getUTCFullYear()).toBe(2012);
  });
});
