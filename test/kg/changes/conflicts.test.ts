import { beforeAll, describe, expect, it } from "vitest";
import { createCuration } from "../../../src/kg/curation/index.ts";
import type { Database } from "../../../src/kg/database.ts";
import type { Curation } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { insertFilms } from "../../support/films.ts";
import { dumpRows } from "./dumpRows.ts";
import { change } from "./support.ts";

const actor = "anna";
const ben = { actor: "ben" };
let db: Database;
let curation: Curation;
beforeAll(async () => {
  db = await createTestDatabase();
  await insertFilms(db);
  curation = createCuration(db);
});

/** Sees that reverting a change writes nothing, and gives the messages that say why. */
async function refusal(revision: string): Promise<string[]> {
  const before = [await dumpRows(db), await db.query("select revision from graph")];
  const refused = await curation.revertChange(revision, { actor });
  expect(refused).toMatchObject({ value: null, change: null });
  for (const { code, path } of refused.problems) expect([code, path]).toEqual(["CHANGE_CONFLICT", ["id"]]);
  expect([await dumpRows(db), await db.query("select revision from graph")]).toEqual(before);
  return refused.problems.map(({ message }) => message);
}

async function revisionOf(
  edit: Promise<{ change: { revision: string } | null; problems: readonly unknown[] }>,
) {
  const { change: made, problems } = await edit;
  expect(problems).toEqual([]);
  return made!.revision;
}

const create = (key: string, name: string, options = { actor }) =>
  revisionOf(curation.createEntity({ key, type: "movie", name }, options));
const add = (head: string, relation: string, tail: string) =>
  curation.addTriple({ head, relation, tail }, ben).then(({ change: made, value, problems }) => {
    expect(problems).toEqual([]);
    return { revision: made!.revision, id: value!.id };
  });

describe("revertChange refuses", () => {
  it("to take away an entity to which a triple was added since", async () => {
    const made = await create("movie:heat", "Heat");
    const triple = await add("movie:heat", "starring", "person:harrison-ford");
    expect(await refusal(made)).toEqual([
      `entity Heat cannot go: triple Heat –starring→ Harrison Ford needs it, which was written in change ${triple.revision} (add_triple by ben); revert that one first`,
    ]);
  });

  it("to take away an entity with which users have done something", async () => {
    const made = await revisionOf(
      curation.createEntity({ key: "movie:ran", type: "movie", name: "Ran", isItem: true }, { actor }),
    );
    await curation.recordInteractions(
      [
        { user: "u", item: "movie:ran" },
        { user: "v", item: "movie:ran" },
      ],
      ben,
    );
    expect(await refusal(made)).toEqual([
      "entity Ran cannot go: rows outside the graph need it (interaction: 2); expected none",
    ]);
    await curation.forgetUser("u");
    await curation.forgetUser("v");
    expect((await curation.revertChange(made, { actor })).problems).toEqual([]);
  });

  it("to take away an entity into which another was merged since, and a relation that is used", async () => {
    const made = await create("movie:a", "A");
    await create("movie:b", "B");
    const merged = await revisionOf(
      curation.mergeEntities({ into: { key: "movie:a" }, from: [{ key: "movie:b" }] }, ben),
    );
    expect(await refusal(made)).toEqual([
      `entity A is not as change ${made} left it: it was edited in change ${merged} (merge_entities by ben); revert that one first`,
      `entity A cannot go: entity B needs it, which was written in change ${merged} (merge_entities by ben); revert that one first`,
    ]);
    const relation = await revisionOf(
      curation.defineRelation({ key: "remake_of", label: "remake of" }, { actor }),
    );
    const triple = await add("movie:heat", "remake_of", "movie:a");
    expect(await refusal(relation)).toEqual([
      `relation remake of cannot go: triple Heat –remake of→ A needs it, which was written in change ${triple.revision} (add_triple by ben); revert that one first`,
    ]);
  });

  it("to bring back an entity whose key is taken", async () => {
    await create("movie:k", "Old");
    const deleted = await revisionOf(curation.deleteEntity({ key: "movie:k" }, { actor }));
    const made = await create("movie:k", "New", ben);
    expect(await refusal(deleted)).toEqual([
      `entity Old cannot come back: entity New took its place in change ${made} (create_entity by ben); revert that one first`,
    ]);
  });

  it("to bring back a triple that was stated again, or whose end is gone or merged", async () => {
    const again = await add("movie:heat", "starring", "person:linda-hamilton");
    const retracted = await revisionOf(curation.retractTriple(again.id, { actor }));
    const second = await add("movie:heat", "starring", "person:linda-hamilton");
    expect(await refusal(retracted)).toEqual([
      `triple Heat –starring→ Linda Hamilton cannot come back: triple Heat –starring→ Linda Hamilton took its place in change ${second.revision} (add_triple by ben); revert that one first`,
    ]);

    await create("movie:c", "C");
    const toC = await add("movie:c", "starring", "person:harrison-ford");
    const gone = await revisionOf(curation.retractTriple(toC.id, { actor }));
    const deleted = await revisionOf(curation.deleteEntity({ key: "movie:c" }, ben));
    expect(await refusal(gone)).toEqual([
      `triple C –starring→ Harrison Ford cannot come back: entity C, which it needs, went in change ${deleted} (delete_entity by ben); revert that one first`,
    ]);

    await create("movie:d", "D");
    const toD = await add("movie:d", "starring", "person:harrison-ford");
    const lost = await revisionOf(curation.retractTriple(toD.id, { actor }));
    const merged = await revisionOf(
      curation.mergeEntities({ into: { key: "movie:heat" }, from: [{ key: "movie:d" }] }, ben),
    );
    expect(await refusal(lost)).toEqual([
      `triple D –starring→ Harrison Ford cannot come back: entity D was merged into another in change ${merged} (merge_entities by ben); revert that one first`,
    ]);
  });

  it("to bring back a triple beside a later one where the relation allows one, or the same the other way round", async () => {
    // aliases of the graph: Aliens follows Alien, at most one
    const [{ id }] = await db.query<{ id: string }>(
      "select t.id from triple t join relation r on r.id = t.relation_id where r.key = 'follows'",
    );
    const retracted = await revisionOf(curation.retractTriple(id, { actor }));
    const later = await add("movie:aliens", "follows", "movie:gladiator");
    expect(await refusal(retracted)).toEqual([
      `triple Aliens –follows→ Alien cannot come back: its relation allows no more beside triple Aliens –follows→ Gladiator, which was written in change ${later.revision} (add_triple by ben); revert that one first`,
    ]);
    const [married] = await db.query<{ id: string }>(
      "select t.id from triple t join relation r on r.id = t.relation_id where r.key = 'married_to'",
    );
    const divorced = await revisionOf(curation.retractTriple(married.id, { actor }));
    const mirrored = await add("person:linda-hamilton", "married_to", "person:james-cameron");
    expect(await refusal(divorced)).toEqual([
      `triple James Cameron –married to→ Linda Hamilton cannot come back: its relation allows no more beside triple Linda Hamilton –married to→ James Cameron, which was written in change ${mirrored.revision} (add_triple by ben); revert that one first`,
    ]);
  });

  it("what is undone already, and says by which change", async () => {
    const made = await create("movie:once", "Once");
    const undone = await revisionOf(curation.revertChange(made, ben));
    expect(await refusal(made)).toEqual([
      `entity Once is not as change ${made} left it: it was deleted in change ${undone} (revert_change by ben); revert that one first`,
    ]);
    const back = await revisionOf(curation.revertChange(undone, ben));
    expect(await refusal(undone)).toEqual([
      `entity Once is not gone any more, as change ${undone} left it: it came back in change ${back} (revert_change by ben); revert that one first`,
    ]);
  });

  it("to undo an import of which rows were edited since: a hundred by name and the number of all", async () => {
    const imported = await change(
      db,
      "import",
      "insert into entity (key, type, name) select 'many:' || i, 'movie', 'Many ' || i from generate_series(1, 250) i",
    );
    const later = await change(
      db,
      "rename",
      "update entity set name = name || '!' where key like 'many:%' and id % 2 = 0",
    );
    const messages = await refusal(imported);
    expect(messages).toHaveLength(101);
    expect(messages[0]).toMatch(
      new RegExp(`^entity Many \\d+ is not as change ${imported} left it: it was edited in change ${later} `),
    );
    expect(messages[100]).toBe(`25 more rows stand in the way of reverting change ${imported}; 125 in all`);
  });
});

describe("revertChange goes its way", () => {
  it("where an edit in between was undone itself, whatever the rows' revisions", async () => {
    const made = await create("movie:way", "Way");
    const renamed = await revisionOf(curation.updateEntity({ key: "movie:way" }, { name: "No way" }, ben));
    expect(await refusal(made)).toHaveLength(1);
    await revisionOf(curation.revertChange(renamed, ben));
    await revisionOf(curation.revertChange(made, { actor }));
  });

  it("past edits of other rows, and moves each row's revision on, never back", async () => {
    const revisions = async () =>
      (await db.query<{ revision: number }>("select revision from entity where key = 'movie:titanic'"))[0]
        .revision;
    const start = await revisions();
    const renamed = await revisionOf(
      curation.updateEntity({ key: "movie:titanic" }, { name: "T" }, { actor }),
    );
    await create("movie:other", "Other");
    const undone = await revisionOf(curation.revertChange(renamed, { actor }));
    expect(await revisions()).toBe(start + 2);
    const triple = await add("movie:other", "starring", "person:harrison-ford");
    const lost = await revisionOf(curation.deleteEntity({ key: "movie:other" }, { actor, cascade: true }));
    const back = await revisionOf(curation.revertChange(lost, { actor }));
    await revisionOf(curation.revertChange(back, { actor })); // deleted again
    const [{ last }] = await db.query<{ last: number }>(
      "select max((before->>'revision')::int) as last from change_row where subject = 'triple' and subject_id = $1",
      [triple.id],
    );
    await revisionOf(curation.revertChange(lost, { actor }));
    const [{ revision }] = await db.query<{ revision: number }>("select revision from triple where id = $1", [
      triple.id,
    ]);
    expect([last, revision]).toEqual([2, 3]); // 1, deleted, back as 2, deleted, back as 3
    await revisionOf(curation.revertChange(undone, { actor }));
  });
});
