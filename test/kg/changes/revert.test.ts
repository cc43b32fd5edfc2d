import { beforeAll, describe, expect, it } from "vitest";
import { auditLog } from "../../../src/kg/changes/chain/auditLog.ts";
import { createCuration } from "../../../src/kg/curation/index.ts";
import type { Database } from "../../../src/kg/database.ts";
import { createKnowledge } from "../../../src/kg/knowledge.ts";
import type { Curation } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { insertFilms } from "../../support/films.ts";
import { dumpRows } from "./dumpRows.ts";
import { change } from "./support.ts";

const actor = "anna";
let db: Database;
let curation: Curation;
beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  curation = createCuration(db);
});

const revert = (revision: string) => curation.revertChange(revision, { actor });

/** Makes a change, reverts it, and sees that the graph is what it was, ids included. */
async function expectUndone(...statements: string[]): Promise<void> {
  const before = await dumpRows(db);
  const revision = await change(db, "edit", ...statements);
  const between = await dumpRows(db);
  expect(between).not.toEqual(before);
  const undone = await revert(revision);
  expect(undone).toMatchObject({
    problems: [],
    value: { revision, kind: "edit" },
    change: { kind: "revert_change" },
  });
  expect(await dumpRows(db)).toEqual(before);
  const redone = await revert(undone.change!.revision);
  expect(redone.problems).toEqual([]);
  expect(await dumpRows(db)).toEqual(between);
  expect((await revert(redone.change!.revision)).problems).toEqual([]);
  expect(await dumpRows(db)).toEqual(before);
}

describe("revertChange undoes, and undoes the undoing of,", () => {
  const alien = "(select id from entity where key = 'movie:alien')";
  it.each([
    ["a creation", ["insert into entity (key, type, name) values ('movie:new', 'movie', 'New')"]],
    [
      "an update",
      [
        "update entity set name = 'Àlien', aliases = '{a,b}', attributes = '{\"year\": 1979.50}' where key = 'movie:alien'",
      ],
    ],
    ["a deletion", ["delete from triple where id < 6"]],
    [
      "the deletion of an entity with its triples",
      [
        `delete from triple where ${alien} in (head_id, tail_id)`,
        "delete from interaction where item_id = (select id from entity where key = 'movie:alien')",
        "delete from entity where key = 'movie:alien'",
      ],
    ],
    [
      "several edits of one row",
      [
        "insert into entity (key, type, name) values ('movie:x', 'movie', 'X')",
        "update entity set name = 'Y' where key = 'movie:x'",
        "update triple set confidence = 0.25 where id = 3",
        "delete from triple where id = 3",
      ],
    ],
    [
      "a relation with its triples",
      [
        "insert into relation (key, label) values ('r', 'r')",
        "insert into triple (head_id, relation_id, tail_id) select e.id, r.id, e.id from entity e, relation r where r.key = 'r'",
      ],
    ],
    [
      "keys that were exchanged",
      [
        "update entity set key = 'tmp' where key = 'movie:aliens'",
        "update entity set key = 'movie:aliens' where key = 'movie:alien'",
        "update entity set key = 'movie:alien' where key = 'tmp'",
      ],
    ],
    [
      "triples that moved up one another's places",
      [
        // follows: aliens → alien becomes gladiator → alien, and titanic takes the place that is left
        "insert into triple (head_id, relation_id, tail_id) select h.id, r.id, t.id from entity h, relation r, entity t where h.key = 'movie:titanic' and r.key = 'follows' and t.key = 'movie:alien'",
        "update triple set head_id = (select id from entity where key = 'movie:gladiator') where id = 18",
        "update triple set head_id = (select id from entity where key = 'movie:aliens') where id = (select max(id) from triple)",
      ],
    ],
    [
      "a merge written by hand, of an entity that the change made",
      [
        "insert into entity (key, type, name) values ('movie:merged', 'movie', 'M')",
        "update entity set merged_into = (select id from entity where key = 'movie:merged') where key = 'genre:drama'",
      ],
    ],
    [
      "times and ranks",
      [
        "update triple set rank = 'PREFERRED', valid_from = '2001-02-03T04:05:06.789012Z', valid_to = 'infinity' where id = 2",
      ],
    ],
  ])("%s", async (_, statements) => {
    if (statements.some((sql) => sql.includes("interaction"))) {
      // What users did is not part of the graph: it is taken away by hand, and nothing brings it back.
      await db.query(
        "delete from interaction where item_id = (select id from entity where key = 'movie:alien')",
      );
    }
    await expectUndone(...statements);
  });

  it("keeps the chain of the log whole, and says which change it reverts", async () => {
    expect(await auditLog(db)).toMatchObject({ broken: null, drift: { count: 0 } });
    const links = await db.query<{ reverts: string }>(
      "select reverts from change_revert order by revision limit 3",
    );
    const first = BigInt(links[0].reverts);
    expect(links.map(({ reverts }) => BigInt(reverts) - first)).toEqual([0n, 1n, 2n]);
  });

  it("a merge, with its triples, aliases and attributes", async () => {
    const created = await curation.createEntity(
      { key: "movie:alien-1979", type: "movie", name: "Alien (1979)", attributes: { year: 1979 } },
      { actor },
    );
    const triples: [string, string, string][] = [
      ["movie:alien-1979", "directed_by", "person:ridley-scott"], // the survivor has it too
      ["movie:alien-1979", "starring", "person:harrison-ford"],
      ["movie:alien-1979", "related_to", "movie:alien"], // would be a loop
    ];
    for (const [head, relation, tail] of triples) {
      expect((await curation.addTriple({ head, relation, tail }, { actor })).problems).toEqual([]);
    }
    const before = await dumpRows(db);
    const merge = { into: { key: "movie:alien" }, from: [{ key: "movie:alien-1979" }] };
    const merged = await curation.mergeEntities(merge, { actor });
    expect(merged).toMatchObject({
      problems: [],
      value: { triplesMoved: 1, triplesCombined: 1, loopsDropped: 1 },
    });
    const after = await dumpRows(db);
    const undone = await revert(merged.change!.revision);
    expect(undone.problems).toEqual([]);
    expect(await dumpRows(db)).toEqual(before);
    const redone = await revert(undone.change!.revision);
    expect(redone.problems).toEqual([]);
    expect(await dumpRows(db)).toEqual(after);
    expect((await revert(redone.change!.revision)).problems).toEqual([]);
    expect(await dumpRows(db)).toEqual(before);
    expect(created.value!.key).toBe("movie:alien-1979");
  });

  describe("a merge, so that no revision that was read under a key comes back under it as another entity's,", () => {
    const merge = (into: string, from: string) =>
      curation.mergeEntities({ into: { key: into }, from: [{ key: from }] }, { actor });
    const read = async (key: string) => (await createKnowledge(db).findEntity({ key }))!.revision;

    it.each([
      ["that it altered", "movie:kept", {}],
      ["that had all of it before", "movie:full", { aliases: ["c"] }], // it gets a revision, and nothing else
    ])("with a survivor %s", async (_, kept, more) => {
      const gone = `${kept}-gone`;
      await curation.createEntity({ key: kept, type: "movie", name: kept, ...more }, { actor });
      await curation.createEntity({ key: gone, type: "movie", name: gone }, { actor });
      for (const name of ["a", "b", "c"]) await curation.updateEntity({ key: gone }, { name }, { actor });
      const revisions = [await read(gone)];
      let last = (await merge(kept, gone)).change!.revision;
      revisions.push(await read(gone)); // of the survivor: max(1, 4 + 1) + 1
      for (let i = 0; i < 4; i++) {
        last = (await revert(last)).change!.revision; // parted, merged again, and once more
        revisions.push(await read(gone));
      }
      expect(revisions.slice(0, 2)).toEqual([4, 6]);
      expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b)); // each passes those before
    });

    it("with a survivor that was merged into another since", async () => {
      const [end, middle, gone] = ["movie:end", "movie:middle", "movie:start"];
      await curation.createEntity({ key: gone, type: "movie", name: gone }, { actor });
      await curation.createEntity({ key: middle, type: "movie", name: middle, aliases: [gone] }, { actor });
      await curation.createEntity({ key: end, type: "movie", name: end }, { actor });
      for (let i = 0; i < 8; i++) await curation.updateEntity({ key: end }, { name: `${i}` }, { actor });
      const merged = await merge(middle, gone);
      await merge(end, middle);
      const revisions = [await read(gone)];
      const undone = await revert(merged.change!.revision);
      expect(undone.problems).toEqual([]);
      revisions.push(await read(gone));
      for (const name of ["a", "b"]) await curation.updateEntity({ key: gone }, { name }, { actor });
      for (const name of ["a", gone]) await curation.updateEntity({ key: gone }, { name }, { actor });
      revisions.push(await read(gone));
      expect((await revert(undone.change!.revision)).problems).toEqual([]);
      revisions.push(await read(gone));
      expect(revisions[0]).toBe(10); // 9 of its own, and the merge
      expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
    });
  });

  it("a merge whose survivor was edited since, once that edit is reverted", async () => {
    const merge = { into: { key: "movie:alien" }, from: [{ key: "movie:alien-1979" }] };
    const merged = await curation.mergeEntities(merge, { actor });
    const before = await dumpRows(db);
    const edited = await curation.updateEntity(
      { key: "movie:alien" },
      { description: "In space" },
      { actor: "ben" },
    );
    const refused = await revert(merged.change!.revision);
    expect(refused).toMatchObject({ value: null, change: null });
    expect(refused.problems).toEqual([
      {
        ...{ code: "CHANGE_CONFLICT", path: ["id"] },
        message:
          `entity Alien is not as change ${merged.change!.revision} left it: ` +
          `it was edited in change ${edited.change!.revision} (update_entity by ben); revert that one first`,
      },
    ]);
    expect((await revert(edited.change!.revision)).problems).toEqual([]);
    expect(await dumpRows(db)).toEqual(before);
    expect((await revert(merged.change!.revision)).problems).toEqual([]);
  });
});
