import fc from "fast-check";
import { expect, it } from "vitest";
import { auditLog } from "../../../src/kg/changes/chain/auditLog.ts";
import { createCuration } from "../../../src/kg/curation/index.ts";
import type { Database } from "../../../src/kg/database.ts";
import { loadSnapshot } from "../../../src/kg/snapshot/loadSnapshot.ts";
import { readChanges } from "../../../src/kg/snapshot/readChanges.ts";
import type { Curation, EditResult } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { describeGraph } from "../snapshot/describeGraph.ts";
import { change, PICK, RAW_EDITS, seed } from "../snapshot/rawEdits.ts";
import { dumpRows } from "./dumpRows.ts";

const actor = "anna";
type Place = readonly [a: number, b: number];

/** An edit through the public functions; with a problem it writes nothing. */
type Edit = (
  curation: Curation,
  pick: (table: string, place: number) => Promise<string>,
  at: Place,
) => Promise<EditResult<unknown>>;

const options = { actor };
const EDITS: Readonly<Record<string, Edit>> = {
  create: (curation, _, [a, b]) =>
    curation.createEntity(
      { key: `k${a}`, type: `type${b % 3}`, name: `n${b}`, isItem: b % 2 === 0 },
      options,
    ),
  update: async (curation, pick, [a, b]) =>
    curation.updateEntity(
      { id: await pick("entity", a) },
      { name: `m${b}`, aliases: [`a${b}`], attributes: { b } },
      options,
    ),
  delete: async (curation, pick, [a, b]) =>
    curation.deleteEntity({ id: await pick("entity", a) }, { ...options, cascade: b % 2 === 0 }),
  merge: async (curation, pick, [a, b]) =>
    curation.mergeEntities(
      { into: { id: await pick("entity", a) }, from: [{ id: await pick("entity", b) }] },
      options,
    ),
  define: (curation, _, [a, b]) =>
    curation.defineRelation(
      { key: `r${a % 4}`, label: `label ${b}`, symmetric: b % 5 === 0, maxPerHead: b % 3 === 0 ? 2 : null },
      options,
    ),
  add: async (curation, pick, [a, b]) =>
    curation.addTriple(
      { head: await pick("key", a), relation: await pick("relation", b), tail: await pick("key", a + b) },
      options,
    ),
  confidence: async (curation, pick, [a, b]) =>
    curation.updateTriple(
      await pick("triple", a),
      { confidence: (b % 7) / 6, rank: b % 3 ? "NORMAL" : "DEPRECATED" },
      options,
    ),
  retract: async (curation, pick, [a]) => curation.retractTriple(await pick("triple", a), options),
};

/** Some raw statements in one change, or one edit through the public functions. */
const step = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.array(fc.tuple(fc.constantFrom(...RAW_EDITS), fc.nat(50), fc.nat(50)), { maxLength: 5 }),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...Object.keys(EDITS)), fc.tuple(fc.nat(50), fc.nat(50))),
  },
);

type Made = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Steps that are tried whatever chance brings: the second update stands in the way of the first. */
const MERGE: [string, [number, number]] = ["merge", [0, 1]];
const UPDATE: [string, [number, number]] = ["update", [3, 1]];
const UPDATE_AGAIN: [string, [number, number]] = ["update", [3, 2]];

class World {
  written = 0;
  merges = 0;
  conflicts = 0;
  readonly curation: Curation;
  #snapshot!: Awaited<ReturnType<typeof loadSnapshot>>;

  constructor(readonly db: Database) {
    this.curation = createCuration(db);
  }

  async start(): Promise<void> {
    await seed(this.db);
    this.#snapshot = await loadSnapshot(this.db);
  }

  /** Makes a change; gives its revision, or null where nothing was written. */
  async run(made: readonly unknown[]): Promise<string | null> {
    if (typeof made[0] !== "string") {
      const edits = made as readonly (readonly [string, number, number])[];
      await change(this.db, "raw", async (tx) => {
        for (const [sql, a, b] of edits) await tx.query(sql, [a, b]);
      });
      return this.revision();
    }
    const [name, at] = made as readonly [string, Place];
    const result = await EDITS[name](this.curation, (table, place) => this.pick(table, place), at);
    if (result.change === null) return null;
    this.written++;
    if (name === "merge") this.merges++;
    return result.change.revision;
  }

  /** Reverts a change that nothing stands in the way of. */
  async revert(revision: string): Promise<string> {
    const { change: undone, problems } = await this.curation.revertChange(revision, options);
    expect(problems).toEqual([]);
    return undone!.revision;
  }

  /** The snapshot that follows the changes holds what one loaded now holds. */
  async compareSnapshots(): Promise<void> {
    const { revision, rows } = await readChanges(this.db.query.bind(this.db), this.#snapshot.revision, {
      limit: 10_000,
    });
    const loaded = await loadSnapshot(this.db);
    // What comes back under an old id may have no place in the snapshot; then it is loaded anew, as a process does.
    if (!this.#snapshot.apply(rows, revision)) this.#snapshot = await loadSnapshot(this.db);
    expect(describeGraph(this.#snapshot)).toEqual(describeGraph(loaded));
  }

  async pick(table: string, place: number): Promise<string> {
    const sql = {
      key: "select key as picked from entity where id = pick('entity', $1)",
      relation: "select key as picked from relation where id = pick('relation', $1)",
    }[table];
    const [row] = await this.db.query<{ picked: string | null }>(
      sql ?? `select pick('${table}', $1)::text as picked`,
      [place],
    );
    return row?.picked ?? "0";
  }

  private async revision(): Promise<string> {
    return (await this.db.query<{ revision: string }>("select revision from graph"))[0].revision;
  }
}

it("takes any edits back in reverse order to the identical graph, and brings them again, each step in the snapshot too", async () => {
  const world = new World(await createTestDatabase());
  await world.db.query(PICK);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 7 }), async (steps) => {
      await world.start();
      const [graphs, revisions] = [[await dumpRows(world.db)], [] as string[]];
      for (const made of steps) {
        const revision = await world.run(made);
        if (revision === null) continue;
        revisions.push(revision);
        graphs.push(await dumpRows(world.db));
      }
      const reverts: string[] = [];
      for (const [i, revision] of [...revisions.entries()].reverse()) {
        reverts.push(await world.revert(revision));
        expect(await dumpRows(world.db)).toEqual(graphs[i]);
        await world.compareSnapshots();
      }
      for (const [i, revert] of reverts.toReversed().entries()) {
        await world.revert(revert);
        expect(await dumpRows(world.db)).toEqual(graphs[i + 1]);
      }
      await world.compareSnapshots();
    }),
    { numRuns: 21, examples: new Array<[Made[]]>(6).fill([[MERGE, UPDATE, UPDATE_AGAIN]]) },
  );
  expect(await auditLog(world.db)).toMatchObject({ broken: null, drift: { count: 0 } });
  expect(world.written).toBeGreaterThan(15);
  expect(world.merges).toBeGreaterThan(1);
}, 300_000);

it("takes any one change back out of many, or says why not and leaves everything as it is", async () => {
  const world = new World(await createTestDatabase());
  await world.db.query(PICK);
  let undone = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), fc.nat(5), async (steps, which) => {
      await world.start();
      const revisions: string[] = [];
      for (const made of steps) revisions.push((await world.run(made)) ?? "");
      const revision = revisions.filter(Boolean)[which % Math.max(1, revisions.filter(Boolean).length)];
      if (revision === undefined) return;
      const before = await dumpRows(world.db);
      const { change: revert, problems } = await world.curation.revertChange(revision, options);
      if (revert === null) {
        expect(problems.length).toBeGreaterThan(0);
        world.conflicts++;
      } else {
        undone++;
        await world.compareSnapshots();
        await world.revert(revert.revision);
      }
      expect(await dumpRows(world.db)).toEqual(before);
    }),
    {
      numRuns: 31,
      examples: [
        ...new Array<[Made[], number]>(3).fill([[MERGE, UPDATE], 0]),
        ...new Array<[Made[], number]>(3).fill([[UPDATE, UPDATE_AGAIN], 0]),
      ],
    },
  );
  expect(await auditLog(world.db)).toMatchObject({ broken: null, drift: { count: 0 } });
  expect([undone, world.conflicts].every((times) => times > 2)).toBe(true);
}, 300_000);
