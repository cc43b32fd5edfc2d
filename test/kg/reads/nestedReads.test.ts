import fc from "fast-check";
import { expect, it } from "vitest";
import type { Database } from "../../../src/kg/database.ts";
import { createReads } from "../../../src/kg/reads/createReads.ts";
import { joinReads } from "../../../src/kg/reads/joinReads.ts";
import { memoryReads } from "../../../src/kg/reads/memoryReads.ts";
import type { Reads } from "../../../src/kg/reads/types.ts";
import { loadSnapshot } from "../../../src/kg/snapshot/loadSnapshot.ts";
import type {
  Direction,
  Entity,
  FirstTriples,
  NestedSelection,
  Page,
  Relation,
  Triple,
  TripleEnds,
  WithTriples,
} from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { change, PICK, seed } from "../snapshot/rawEdits.ts";
import { EDITS } from "./edits.ts";

const ENTITY: (keyof Entity)[] = [
  ...(["key", "type", "name", "aliases", "description", "attributes", "isItem", "revision"] as const),
];
const RELATION: (keyof Relation)[] = [
  ...(["key", "label", "inverseLabel", "domain", "range", "maxPerHead", "symmetric", "revision"] as const),
];
const TRIPLE: (keyof Triple)[] = ["confidence", "rank", "qualifiers", "sources", "revision"];
const DIRECTIONS: Direction[] = ["OUT", "IN", "BOTH"];

/** Any fields, none among them. */
const some = <T>(fields: readonly T[]) => fc.subarray([...fields]);
const size = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 4 }));
const selection: fc.Arbitrary<NestedSelection> = fc.record({
  select: some(ENTITY),
  more: fc.boolean(),
  triples: fc.record({
    direction: fc.constantFrom(...DIRECTIONS),
    first: size,
    ids: fc.boolean(),
    more: fc.boolean(),
    select: fc.record({
      triple: some(TRIPLE),
      head: fc.option(some(ENTITY)),
      relation: fc.option(some(RELATION)),
      tail: fc.option(some(ENTITY)),
    }),
  }),
});

it("reads entities with their triples as it reads them one after the other, after any edits", async () => {
  const database = await createTestDatabase();
  await database.query(PICK);
  const edit = fc.tuple(fc.constantFrom(...EDITS), fc.nat(50), fc.nat(50));
  const runs = fc.array(edit, { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(
      runs,
      fc.array(fc.tuple(selection, size), { minLength: 1, maxLength: 6 }),
      async (edits, asked) => {
        await seed(database);
        await change(database, "edit", async (db) => {
          for (const [sql, a, b] of edits) await db.query(sql, [a, b]);
        });
        const reads = createReads(database);
        const snapshot = await loadSnapshot(database, { dictionary: 1_000 });
        const others = { joined: joinReads(reads), memory: memoryReads(reads, () => snapshot) };
        for (const [nested, first] of asked) {
          const expected = await readApart(reads, database, { nested, first });
          expect(await readTogether(reads, database, { nested, first })).toBe(expected);
          for (const other of Object.values(others)) {
            expect(await readTogether(other, database, { nested, first })).toBe(expected);
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});

it("gives one page to all who ask for it at the same time, and what is unknown to nobody", async () => {
  const database = await createTestDatabase();
  await database.query(PICK);
  await seed(database);
  const triples = { direction: "OUT", first: 5, ids: true, more: true } as const;
  const select = { triple: [], head: null, relation: ["label"], tail: ["name"] } as const;
  const nested: NestedSelection = { select: ["key"], more: true, triples: { ...triples, select } };
  const joined = joinReads(createReads(database));
  const before = database.statements;
  const found = await Promise.all(
    ["e1", "e2", "e1", "e9"].map((key) => joined.nestedBy("key", structuredClone(nested))([key])),
  );
  expect(database.statements - before).toBe(1);
  const edges = await database.query("select from triple where head_id = pick('entity', 0)");
  expect(found[0].get("e1")!.firstTriples!.page.edges.length).toBe(edges.length);
  expect(found[2].get("e1")).toBe(found[0].get("e1"));
  expect(found[3].has("e9")).toBe(false);
});

it("says so where a field is read that was not selected", async () => {
  const database = await createTestDatabase();
  await database.query(PICK);
  await seed(database);
  const select = { triple: [], head: null, relation: null, tail: null } as const;
  const triples = { direction: "BOTH", first: 5, ids: false, more: false, select } as const;
  const nested: NestedSelection = { select: ["key"], more: false, triples };
  const entity = (await createReads(database).nestedBy("key", nested)(["e1"])).get("e1")!;
  expect(entity.key).toBe("e1");
  expect(() => entity.aliases).toThrow("aliases was not selected");
  const [{ node }] = entity.firstTriples!.page.edges;
  expect(() => node.confidence).toThrow("confidence was not selected");
  expect(() => node.id).toThrow("id was not selected");
});

interface Asked {
  readonly nested: NestedSelection;
  readonly first: number | null;
}

/** All that can be asked for, in one text, by the reads that this one takes the place of. */
async function readApart(reads: Reads, database: Database, { nested, first }: Asked): Promise<string> {
  const { keys, ids, types } = await namesIn(database);
  const { select, triples } = nested;
  const { direction, first: size, select: fields } = triples;
  const tell = async (entity: Entity) => {
    const found = await reads.triplesOf({ direction, first: size, select: fields })([entity.id]);
    return [pick(entity, ["id", "name", ...select]), tellTriples(found.get(entity.id)!, triples)];
  };
  const pages = await reads.entitiesOfType({ first, select })(types);
  const [byKey, byId] = [await reads.entitiesByKey(keys), await reads.entities(ids)];
  return tellAll({ keys, ids, types }, { pages, byKey, byId, more: nested.more, tell });
}

/** The same by the nested reads; triples that were not read together are in memory. */
async function readTogether(reads: Reads, database: Database, { nested, first }: Asked): Promise<string> {
  const { keys, ids, types } = await namesIn(database);
  const { select, triples } = nested;
  const { direction, first: size, select: fields } = triples;
  const tell = async (entity: Entity & WithTriples) => {
    const apart = () => reads.triplesOf({ direction, first: size, select: fields })([entity.id]);
    const page = entity.firstTriples?.page ?? (await apart()).get(entity.id)!;
    return [pick(entity, ["id", "name", ...select]), tellTriples(page, triples)];
  };
  const pages = await reads.nestedOfType({ first, nested })(types);
  const [byKey, byId] = [await reads.nestedBy("key", nested)(keys), await reads.nestedBy("id", nested)(ids)];
  return tellAll({ keys, ids, types }, { pages, byKey, byId, more: nested.more, tell });
}

async function namesIn(database: Database) {
  const rows = await database.query<{ id: string; key: string; type: string }>(
    "select id, key, type from entity order by id",
  );
  return {
    keys: [...rows.map(({ key }) => key), "none", "\ud800"],
    ids: [...rows.map(({ id }) => id), "9000000000000000000"],
    types: [...new Set([...rows.map(({ type }) => type), "none", "\ud800"])],
  };
}

async function tellAll(
  { keys, ids, types }: Awaited<ReturnType<typeof namesIn>>,
  {
    pages,
    byKey,
    byId,
    more,
    tell,
  }: {
    readonly pages: ReadonlyMap<string, Page<Entity>>;
    readonly byKey: ReadonlyMap<string, Entity>;
    readonly byId: ReadonlyMap<string, Entity>;
    readonly more: boolean;
    readonly tell: (entity: Entity) => Promise<unknown>;
  },
): Promise<string> {
  const told: unknown[] = [];
  for (const type of types) {
    const { edges, hasNextPage, hasPreviousPage } = pages.get(type)!;
    told.push(type, more && hasNextPage, hasPreviousPage);
    for (const { cursor, node } of edges) told.push(cursor, await tell(node));
  }
  for (const key of keys) told.push(byKey.has(key) && (await tell(byKey.get(key)!)));
  for (const id of ids) told.push(byId.has(id) && (await tell(byId.get(id)!)));
  return JSON.stringify(told);
}

function tellTriples(page: Page<Triple & TripleEnds>, { ids, more, select }: FirstTriples): unknown {
  const end = <T extends { readonly id: unknown }>(
    value: T | null | undefined,
    fields: readonly (keyof T)[] | null,
  ) => (fields && value ? pick(value, ["id", ...fields]) : null);
  return [
    more && page.hasNextPage,
    page.hasPreviousPage,
    page.edges.map(({ cursor, node }) => [
      cursor,
      pick(node, [...(ids ? (["id"] as const) : []), "headId", "relationId", "tailId", ...select.triple]),
      [end(node.head, select.head), end(node.relation, select.relation), end(node.tail, select.tail)],
    ]),
  ];
}

function pick<T>(value: T, fields: readonly (keyof T)[]): unknown {
  return fields.map((field) => value[field]);
}
