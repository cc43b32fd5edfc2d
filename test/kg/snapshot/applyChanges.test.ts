import fc from "fast-check";
import { expect, it } from "vitest";
import { loadSnapshot } from "../../../src/kg/snapshot/loadSnapshot.ts";
import { readChanges } from "../../../src/kg/snapshot/readChanges.ts";
import type { ChangeRow } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { describeGraph } from "./describeGraph.ts";
import { change, PICK, RAW_EDITS, seed } from "./rawEdits.ts";

it("says, after any committed edits, what a fresh load says", async () => {
  const database = await createTestDatabase();
  await database.query(PICK);
  const edit = fc.tuple(fc.constantFrom(...RAW_EDITS), fc.nat(50), fc.nat(50));
  const changes = fc.array(fc.array(edit, { maxLength: 6 }), { minLength: 1, maxLength: 6 });
  let applied = 0;
  await fc.assert(
    fc.asyncProperty(changes, fc.boolean(), fc.boolean(), async (runs, compacting, together) => {
      await seed(database);
      const options = compacting ? { slackBytes: 0 } : {};
      let snapshot = await loadSnapshot(database, options);
      const catchUp = async () => {
        const { revision, rows } = await readChanges(database.query.bind(database), snapshot.revision, {
          limit: 10_000,
        });
        if (snapshot.apply(rows, revision)) applied += rows.length;
        else if (cameBack(rows)) snapshot = await loadSnapshot(database, options);
        else expect.fail("refused changes in which no entity came back");
      };
      for (const edits of runs) {
        await change(database, "edit", async (db) => {
          for (const [sql, a, b] of edits) await db.query(sql, [a, b]);
        });
        if (!together) await catchUp();
      }
      if (together) await catchUp();
      expect(describeGraph(snapshot)).toEqual(describeGraph(await loadSnapshot(database)));
    }),
    { numRuns: 60 },
  );
  expect(applied).toBeGreaterThan(200); // the edits do find rows to change
});

/** Whether an entity is new in `rows` under an id that is not the highest: it may have no index. */
function cameBack(rows: readonly ChangeRow[]): boolean {
  return rows.some(
    ({ subject, after }) => subject === "entity" && after?.key !== undefined && after.type === "back",
  );
}
