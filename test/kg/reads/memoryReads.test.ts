import fc from "fast-check";
import { expect, it } from "vitest";
import type { Database } from "../../../src/kg/database.ts";
import { createReads } from "../../../src/kg/reads/createReads.ts";
import { memoryReads } from "../../../src/kg/reads/memoryReads.ts";
import type { FindMany, Reads } from "../../../src/kg/reads/types.ts";
import { loadSnapshot } from "../../../src/kg/snapshot/loadSnapshot.ts";
import { NOT_IN_DICTIONARY, readChanges } from "../../../src/kg/snapshot/readChanges.ts";
import type { Snapshot } from "../../../src/kg/snapshot/Snapshot.ts";
import { ENTITY_FIELDS } from "../../../src/kg/tables/entity.ts";
import { RELATION_FIELDS } from "../../../src/kg/tables/relation.ts";
import type { Direction, Entity, Page, Relation, Triple, TripleEnds } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { change, PICK, seed } from "../snapshot/rawEdits.ts";
import { EDITS } from "./edits.ts";

const ENTITY = Object.keys(ENTITY_FIELDS) as (keyof Entity)[];
const RELATION = Object.keys(RELATION_FIELDS) as (keyof Relation)[];
const SELECT = { triple: ["confidence"], head: ENTITY, relation: RELATION, tail: ENTITY } as const;

it("gives from memory, after any edits, what Postgres gives, to the byte", async () => {
  const database = await createTestDatabase();
  await database.query(PICK);
  const edit = fc.tuple(fc.constantFrom(...EDITS), fc.nat(50), fc.nat(50));
  const runs = fc.array(fc.array(edit, { maxLength: 6 }), { minLength: 1, maxLength: 4 });
  const counted = { elsewhere: 0, all: 0 };
  await fc.assert(
    fc.asyncProperty(runs, async (changes) => {
      await seed(database);
      let snapshot = await loadSnapshot(database, { dictionary: 1_000 });
      snapshot.dictionary!.firstOfType("type0", 1); // so that the order is kept, not made anew
      const reads = createReads(database);
      const memory = memoryReads(countReads(reads, counted), () => snapshot);
      for (const edits of changes) {
        await change(database, "edit", async (db) => {
          for (const [sql, a, b] of edits) await db.query(sql, [a, b]);
        });
        snapshot = await follow(database, snapshot);
        expect(await describe(memory, database, counted)).toBe(await describe(reads, database));
      }
    }),
    { numRuns: 40 },
  );
  expect(counted.elsewhere / counted.all).toBeLessThan(0.5); // memory does serve
});

it("asks Postgres for all while the snapshot is not fresh, and for what the snapshot lacks", async () => {
  const database = await createTestDatabase();
  await database.query(PICK);
  await seed(database);
  const snapshot = await loadSnapshot(database, { dictionary: 1_000 });
  const counted = { elsewhere: 0, all: 0 };
  let fresh: Snapshot | null = null;
  const memory = memoryReads(countReads(createReads(database), counted), () => fresh);
  expect((await memory.entitiesByKey(["e1"])).size).toBe(1);
  expect(counted.elsewhere).toBe(1);
  fresh = snapshot;
  await change(database, "edit", (db) =>
    db.query("insert into entity (key, type, name) values ('e9', 't', '')"),
  );
  expect([...(await memory.entitiesByKey(["e1", "e9", "e10"])).keys()]).toEqual(["e1", "e9"]);
  expect(counted.elsewhere).toBe(1 + 2); // e9 and e10
});

it("keeps no dictionary of more entities than it may", async () => {
  const database = await createTestDatabase();
  await database.query(PICK);
  await seed(database); // five entities
  expect((await loadSnapshot(database, { dictionary: 4 })).dictionary).toBeNull();
  expect((await loadSnapshot(database, { dictionary: 5 })).dictionary?.size).toBe(5);
});

async function follow(database: Database, snapshot: Snapshot): Promise<Snapshot> {
  const options = { limit: 10_000, without: NOT_IN_DICTIONARY };
  const { revision, rows } = await readChanges(database.query.bind(database), snapshot.revision, options);
  return snapshot.apply(rows, revision) ? snapshot : loadSnapshot(database, { dictionary: 1_000 });
}

/** Counts the keys that are asked for through `reads`. */
function countReads(reads: Reads, counted: { elsewhere: number }): Reads {
  const count =
    <K, V>(find: FindMany<K, V>): FindMany<K, V> =>
    (keys) => {
      counted.elsewhere += keys.length;
      return find(keys);
    };
  return {
    entities: count(reads.entities),
    entitiesByKey: count(reads.entitiesByKey),
    relations: count(reads.relations),
    triples: count(reads.triples),
    triplesOf: (page) => count(reads.triplesOf(page)),
    entitiesOfType: (page) => count(reads.entitiesOfType(page)),
    nestedOfType: (page) => count(reads.nestedOfType(page)),
    nestedBy: (by, nested) => count(reads.nestedBy(by, nested)),
  };
}

/** All that can be asked of the graph, in one text. */
async function describe(reads: Reads, database: Database, counted = { all: 0 }): Promise<string> {
  const rows = await database.query<{ id: string; key: string; type: string }>(
    "select id, key, type from entity order by id",
  );
  const relations = await database.query<{ id: number }>("select id from relation order by id");
  const [ids, keys] = [rows.map(({ id }) => id), rows.map(({ key }) => key)];
  const types = [...new Set([...rows.map(({ type }) => type), "none"])];
  const told: unknown[] = [];
  const tell = async <K, V>(find: FindMany<K, V>, wanted: readonly K[], read: (value: V) => unknown) => {
    counted.all += wanted.length;
    const found = await find(wanted);
    for (const key of wanted) told.push([key, read(found.get(key)!)]);
  };
  const inOrder = (fields: readonly string[]) => (value: unknown) =>
    value && fields.map((field) => (value as Record<string, unknown>)[field]);
  const [entity, relation] = [inOrder(ENTITY), inOrder(RELATION)];
  const triples = (page: Page<Triple>) => [
    page.hasNextPage,
    page.hasPreviousPage,
    page.edges.map(({ cursor, node }) => {
      const {
        id,
        headId,
        relationId,
        tailId,
        confidence,
        head,
        relation: named,
        tail,
      } = node as Triple & TripleEnds;
      return [
        cursor,
        id,
        headId,
        relationId,
        tailId,
        confidence,
        entity(head),
        relation(named),
        entity(tail),
      ];
    }),
  ];
  await tell(reads.entities, ids, entity);
  await tell(reads.entitiesByKey, keys, entity);
  await tell(
    reads.relations,
    relations.map(({ id }) => id),
    relation,
  );
  for (const first of [1, 3]) {
    for (const direction of ["OUT", "IN", "BOTH"] as Direction[]) {
      await tell(reads.triplesOf({ direction, first, select: SELECT }), ids, triples);
    }
    await tell(reads.entitiesOfType({ first, select: null }), types, (page) => [
      page.hasNextPage,
      page.edges.map(({ cursor, node }) => [cursor, entity(node)]),
    ]);
  }
  return JSON.stringify(told, (_, value) => (value === undefined ? null : value));
}
