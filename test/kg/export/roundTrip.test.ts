import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Database } from "../../../src/kg/database.ts";
import { exportData } from "../../../src/kg/export/exportData.ts";
import type { ExportFormat } from "../../../src/kg/export/types.ts";
import { importData } from "../../../src/kg/import/importData.ts";
import { createTestDatabase } from "../../support/database.ts";
import { dumpGraph } from "../import/support/dumpGraph.ts";
import { makeFolder } from "../import/support/folders.ts";

// Text that breaks naive formats: separators, escapes, quotes, ends of line, nothing, other scripts.
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }).filter((one) => !one.includes("\0")),
  fc.constantFrom(
    "",
    "\\N",
    "\\",
    "a\tb",
    "line\nbreak",
    "\r",
    "\r\n",
    '"',
    "|",
    "[",
    '{"a": 1}',
    "é😀",
    "\u2028",
    "\\t",
    "\uFEFF",
  ),
);
const key = fc.oneof(
  fc.constantFrom(
    "movie:1",
    "dbr:Alien",
    "http://e.org/a#b",
    "http://e.org/ü?x",
    "dbr:a/b",
    "a\tb",
    "\\N",
    "_:b:1",
    "x y",
  ),
  text.filter((one) => one !== ""),
);
const json = fc.dictionary(
  text,
  fc.oneof(
    text,
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
    fc.array(fc.oneof(text, fc.integer()), { maxLength: 3 }),
    fc.dictionary(text, text, { maxKeys: 2 }),
  ),
  { maxKeys: 3 },
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const time = fc
  .tuple(
    fc.date({ min: new Date("1900-01-01"), max: new Date("2200-01-01"), noInvalidDate: true }),
    fc.nat(999),
  )
  .map(([date, micros]) => date.toISOString().replace("Z", `${String(micros).padStart(3, "0")}Z`));
const entity = fc.record({
  key,
  type: text.filter((one) => one !== ""),
  name: text,
  aliases: fc.array(text, { maxLength: 3 }),
  description: maybe(text),
  attributes: json,
  isItem: fc.boolean(),
});
const relation = fc.record({
  key,
  label: text,
  inverseLabel: maybe(text),
  domain: maybe(fc.array(text, { maxLength: 2 })),
  range: maybe(fc.array(text, { maxLength: 2 })),
  maxPerHead: maybe(fc.integer({ min: 1, max: 9 })),
  symmetric: fc.boolean(),
});
const triple = fc.record({
  ends: fc.tuple(fc.nat(), fc.nat(), fc.nat()),
  confidence: fc.float({ min: 0, max: 1, noNaN: true }),
  rank: fc.constantFrom("PREFERRED", "NORMAL", "DEPRECATED"),
  qualifiers: json,
  sources: fc.array(fc.record({ name: text, method: fc.constant("CURATOR") }), { maxLength: 2 }),
  valid: fc.tuple(maybe(time), maybe(time)).map(([a, b]) => (a && b && a > b ? [b, a] : [a, b])),
});
const interaction = fc.record({
  item: fc.nat(),
  user: key,
  kind: text.filter((one) => one !== ""),
  weight: fc.float({ noNaN: true, noDefaultInfinity: true }),
  at: maybe(time),
  split: maybe(text),
});
const graph = fc.record({
  entities: fc.uniqueArray(entity, { selector: ({ key }) => key, minLength: 1, maxLength: 6 }),
  relations: fc.uniqueArray(relation, { selector: ({ key }) => key, minLength: 1, maxLength: 3 }),
  triples: fc.uniqueArray(triple, { selector: ({ ends }) => ends.join(), maxLength: 8 }),
  interactions: fc.array(interaction, { maxLength: 6 }),
  /** The last entity is merged into the first. */
  merged: fc.boolean(),
});
const RDF: readonly ExportFormat[] = ["nt", "nq", "ttl", "trig", "jsonld"];
type GraphData = typeof graph extends fc.Arbitrary<infer T> ? T : never;

it("brings every graph back from the layout and from JSON lines, whatever its texts hold", async () => {
  const [from, to] = [await createTestDatabase(), await createTestDatabase()];
  await fc.assert(
    fc.asyncProperty(graph, fc.constantFrom<ExportFormat>("layout", "jsonl"), async (data, format) => {
      await clear(from);
      await write(from, data);
      expect(await copy(from, to, format)).toMatchObject({ rejected: 0 });
      expect(await dumpGraph(to)).toEqual(await dumpGraph(from));
    }),
    { numRuns: 25 },
  );
}, 180_000);

it("brings every graph back from all syntaxes of RDF, but for interactions and the order of aliases", async () => {
  const [from, to] = [await createTestDatabase(), await createTestDatabase()];
  await fc.assert(
    fc.asyncProperty(graph, fc.constantFrom(...RDF), async (data, format) => {
      // In RDF one IRI is one resource: it cannot name an entity and a relation with labels of their own.
      const entities = new Set(data.entities.map(({ key }) => key).filter((key) => /^(dbr|http)/.test(key)));
      fc.pre(data.relations.every(({ key }) => !entities.has(key)));
      await clear(from);
      await write(from, { ...data, merged: false });
      expect(await copy(from, to, format)).toMatchObject({ rejected: 0 });
      expect(keptByRdf(await dumpGraph(to))).toEqual(keptByRdf(await dumpGraph(from)));
    }),
    { numRuns: 25 },
  );
}, 180_000);

it("writes a layout that can be read, and replaces only an export", async () => {
  const db = await createTestDatabase();
  await write(db, fc.sample(graph, { numRuns: 1, seed: 7 })[0]);
  const folder = await makeFolder({ "mine.txt": "keep me" });
  await expect(exportData(db, { format: "layout", to: folder })).rejects.toThrow(
    /holds mine.txt; expected a new/,
  );
  await expect(exportData(db, { format: "nt", to: folder })).rejects.toThrow(/is a folder; expected a file/);
  const to = join(folder, "export");
  const result = await exportData(db, { format: "layout", to });
  expect(result).toMatchObject({
    revision: "1",
    files: expect.arrayContaining(["layout.json", "triples.tsv"]),
  });
  expect(JSON.parse(await readFile(join(to, "layout.json"), "utf8"))).toEqual({
    format: "whygraph-layout",
    version: 1,
    revision: "1",
  });
  const header = (await readFile(join(to, "entities.tsv"), "utf8")).split("\n")[0];
  expect(header).toBe("entity\tname\ttype\taliases\tdescription\tattributes\tis_item\tmerged_into");
  await exportData(db, { format: "layout", to }); // an export may be replaced
  await writeFile(join(to, "mine.txt"), "");
  await expect(exportData(db, { format: "layout", to })).rejects.toThrow(/holds mine.txt/);
});

it("shows one revision, whatever is written while it runs", async () => {
  const db = await createTestDatabase();
  const data = fc.sample(graph, { numRuns: 1, seed: 3 })[0];
  await write(db, data);
  const folder = await makeFolder();
  let disturbed: Promise<unknown> | null = null;
  const result = await exportData(db, { format: "jsonl", to: join(folder, "graph.jsonl") }, () => {
    disturbed ??= db.transaction(async (tx) => {
      await tx.query("select open_change('test', 'tester')");
      await tx.query("insert into entity (key, type, name) values ('zzz-late', 't', 'late')");
    });
  });
  await disturbed;
  expect(disturbed).not.toBeNull();
  expect(result.revision).toBe("1");
  expect(await readFile(join(folder, "graph.jsonl"), "utf8")).not.toContain("zzz-late");
});

async function copy(from: Database, to: Database, format: ExportFormat) {
  await clear(to);
  const folder = await makeFolder();
  const path = format === "layout" ? join(folder, "export") : join(folder, `graph.${format}`);
  await exportData(from, { format, to: path });
  return importData(to, { path, rejects: join(folder, "rejects.tsv") });
}

async function clear(db: Database): Promise<void> {
  await db.query("delete from interaction");
  await db.transaction(async (tx) => {
    await tx.query("select open_change('clear', 'tester')");
    for (const table of ["triple", "relation", "entity"]) await tx.query(`delete from ${table}`);
  });
}

/** Writes by hand, not by the import: the round trip must not cancel a fault of its own. */
async function write(
  db: Database,
  { entities, relations, triples, interactions, merged }: GraphData,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query("select open_change('test', 'tester')");
    const entityIds: string[] = [];
    for (const { key, type, name, aliases, description, attributes, isItem } of entities) {
      const survivor =
        merged && entityIds.length > 0 && entityIds.length === entities.length - 1 ? entityIds[0] : null;
      const [{ id }] = await tx.query<{ id: string }>(
        `insert into entity (key, type, name, aliases, description, attributes, is_item, merged_into)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
        [key, type, name, aliases, description, attributes, isItem, survivor],
      );
      entityIds.push(id);
    }
    const relationIds: number[] = [];
    for (const one of relations) {
      const [{ id }] = await tx.query<{ id: number }>(
        `insert into relation (key, label, inverse_label, domain, range, max_per_head, is_symmetric)
         values ($1, $2, $3, $4, $5, $6, $7) returning id`,
        [one.key, one.label, one.inverseLabel, one.domain, one.range, one.maxPerHead, one.symmetric],
      );
      relationIds.push(id);
    }
    const live = merged && entityIds.length > 1 ? entityIds.slice(0, -1) : entityIds;
    for (const { ends, confidence, rank, qualifiers, sources, valid } of triples) {
      await tx.query(
        `insert into triple (head_id, relation_id, tail_id, confidence, rank, qualifiers, sources, valid_from, valid_to)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
        [
          live[ends[0] % live.length],
          relationIds[ends[1] % relationIds.length],
          live[ends[2] % live.length],
          confidence,
          rank,
          qualifiers,
          JSON.stringify(sources),
          ...valid,
        ],
      );
    }
    for (const { item, user, kind, weight, at, split } of interactions) {
      await tx.query(
        `insert into interaction (user_key, item_id, kind, weight, at, split) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing`,
        [user, live[item % live.length], kind, weight, at, split],
      );
    }
  });
}

/** What an RDF export promises. */
function keptByRdf({ entities, relations, triples }: Record<string, unknown[]>) {
  return {
    entities: (entities as { name: string; aliases: string[] }[]).map((one) => ({
      ...one,
      aliases: [...new Set(one.aliases)].sort(),
    })),
    relations,
    triples,
  };
}
