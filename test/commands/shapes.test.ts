import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../src/kg/database.ts";
import { createTestDatabase } from "../support/database.ts";
import { insertFilms } from "../support/films.ts";
import { runWhygraph } from "../support/server.ts";

const SHAPES = `
@prefix sh: <http://www.w3.org/ns/shacl#> .
<http://example.org/Film> a sh:NodeShape ; sh:targetClass <urn:whygraph:type:movie> ;
  sh:property [ sh:path <urn:whygraph:attribute:year> ; sh:minCount 1 ; sh:hasValue 1979 ] .`;
let db: Database;
let folder: string;
beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  folder = await mkdtemp(join(tmpdir(), "whygraph-shapes-"));
  await writeFile(join(folder, "shapes.ttl"), SHAPES);
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...command: string[]) => runWhygraph(command, { DATABASE_URL: db.url });

it("import-shapes tells what it does not support and exits with 3; validate finds what breaks them and exits with 1", async () => {
  const sound = await run("validate");
  expect(sound).toMatchObject({
    code: 0,
    stdout: "13 entities and 18 live triples at revision 1: all as they should be\n",
  });
  const imported = await run("import-shapes", join(folder, "shapes.ttl"));
  expect(imported.code).toBe(3);
  expect(imported.stdout).toBe(
    "1 shape defined, 0 as they were; in change 2\n" +
      "not supported: sh:hasValue of http://example.org/Film urn:whygraph:attribute:year: not supported\n",
  );
  const broken = await run("validate", "--json", "--show", "2");
  expect(broken.code).toBe(1);
  const report = JSON.parse(broken.stdout);
  expect(report.counts).toEqual([
    { severity: "ERROR", code: "SHAPE_VIOLATION", shape: "movie year", count: 6 },
  ]);
  expect(report.findings).toHaveLength(2);
  expect(report.findings[0].message).toContain("has 0 values; expected at least 1");
}, 60_000);
