import { beforeEach, describe, expect, it } from "vitest";
import { createKnowledge } from "../../../src/kg/knowledge.ts";
import { findHistory } from "../../../src/kg/queries/findHistory.ts";
import type { Triple } from "../../../src/kg/types.ts";
import { type Desk, openDesk } from "./support.ts";

const actor = "curator";
const COPY = {
  key: "movie:alien-copy",
  type: "movie",
  name: "Alien (1979)",
  aliases: ["Alien"],
  isItem: true,
};
const INTO = { into: { key: "movie:alien" }, from: [{ key: COPY.key }] };
let desk: Desk;
let copy: string;
beforeEach(async () => {
  desk = await openDesk();
  copy = (await desk.expectWritten(desk.curation.createEntity(COPY, { actor }))).id;
});

const add = (head: string, relation: string, tail: string, more: object = {}) =>
  desk.expectWritten(desk.curation.addTriple({ head, relation, tail, ...more }, { actor }));
const touching = (key: string) => desk.triples(`'${key}' in (h.key, l.key)`);

describe("mergeEntities", () => {
  it("unites names, and fills what the survivor lacks", async () => {
    const { curation, films, expectWritten, db } = desk;
    await expectWritten(
      curation.updateEntity({ key: "movie:alien" }, { attributes: { year: 1979 } }, { actor }),
    );
    const more = {
      attributes: { year: 1980, length: 117 },
      description: "In space.",
      aliases: ["Alien", "Nostromo"],
    };
    await expectWritten(curation.updateEntity({ key: COPY.key }, more, { actor }));
    const { value, change } = await curation.mergeEntities(INTO, {
      actor,
      expectedRevision: 2,
      reason: "the same",
    });
    expect(change).toMatchObject({ kind: "merge_entities", actor, reason: "the same" });
    expect(value).toMatchObject({ triplesMoved: 0, triplesCombined: 0, loopsDropped: 0 });
    expect(value!.entity).toEqual({
      ...{
        id: films.entities["movie:alien"],
        key: "movie:alien",
        type: "movie",
        name: "Alien",
        isItem: true,
      },
      aliases: ["Alien: The Director's Cut", "Alien (1979)", "Nostromo"], // not its own name
      ...{ description: "In space.", attributes: { year: 1979, length: 117 }, mergedInto: null },
      revision: 4, // past 2 of its own, and past the 3 of the merged row
    });
    const knowledge = createKnowledge(db);
    expect(await knowledge.findEntity({ key: COPY.key })).toEqual(value!.entity);
    expect(await knowledge.findEntity({ id: copy })).toEqual(value!.entity);
    const [row] = await db.query("select name, merged_into, revision from entity where id = $1", [copy]);
    expect(row).toEqual({ name: "Alien (1979)", merged_into: value!.entity.id, revision: 3 });
  });

  it("moves triples of both directions, and keeps their ids", async () => {
    const { curation, films, expectWritten } = desk;
    const out = await add(COPY.key, "starring", "person:harrison-ford");
    await add("movie:titanic", "related_to", COPY.key);
    await add(COPY.key, "related_to", COPY.key); // of itself before: stays of itself
    const { triplesMoved } = await expectWritten(curation.mergeEntities(INTO, { actor }));
    expect(triplesMoved).toBe(3);
    expect(await touching(COPY.key)).toEqual([]);
    expect(await touching("movie:alien")).toEqual([
      "movie:alien directed_by person:ridley-scott",
      "movie:alien has_genre genre:science-fiction",
      "movie:alien related_to movie:alien",
      "movie:alien starring person:harrison-ford",
      "movie:alien starring person:sigourney-weaver",
      "movie:aliens follows movie:alien",
      "movie:titanic related_to movie:alien",
    ]);
    const [moved] = await desk.db.query("select head_id, revision from triple where id = $1", [out.id]);
    expect(moved).toEqual({ head_id: films.entities["movie:alien"], revision: 2 });
  });

  it("combines triples that become one, and keeps what the other one says", async () => {
    const { curation, films, db, expectWritten } = desk;
    const own = films.triples["movie:alien starring person:sigourney-weaver"];
    const imdb = { name: "a base", method: "IMPORT" as const };
    await expectWritten(
      curation.updateTriple(own, { confidence: 0.5, qualifiers: { role: "Ripley", billing: 1 } }, { actor }),
    );
    await add(COPY.key, "starring", "person:sigourney-weaver", {
      ...{ confidence: 0.9, qualifiers: { role: "Ellen Ripley", screenTime: 60 }, sources: [imdb] },
      ...{ validFrom: new Date("1979-05-25T00:00:00Z"), rank: "PREFERRED" },
    });
    const merged = await expectWritten(curation.mergeEntities(INTO, { actor }));
    expect(merged).toMatchObject({ triplesMoved: 0, triplesCombined: 1, loopsDropped: 0 });
    const found = await createKnowledge(db).findTriples(
      { head: "movie:alien", relation: "starring" },
      { first: 9 },
    );
    expect(found.edges.map(({ node }) => node)).toEqual([
      expect.objectContaining({
        ...{ id: own, confidence: 0.9, rank: "NORMAL", validFrom: null, revision: 3 },
        sources: [{ name: "films", method: "IMPORT" }, imdb],
        qualifiers: {
          ...{ role: "Ripley", billing: 1, screenTime: 60 },
          alternatives: { role: ["Ellen Ripley"], validFrom: ["1979-05-25T00:00:00.000Z"] },
        },
      } satisfies Partial<Triple>),
    ]);
  });

  it("leaves a statement deprecated that the survivor's curators have deprecated", async () => {
    const { curation, films, db, expectWritten } = desk;
    const own = films.triples["movie:alien has_genre genre:science-fiction"];
    await expectWritten(curation.updateTriple(own, { rank: "DEPRECATED", confidence: 0.2 }, { actor }));
    await add(COPY.key, "has_genre", "genre:science-fiction");
    await expectWritten(curation.mergeEntities(INTO, { actor }));
    const [row] = await db.query("select rank, confidence from triple where id = $1", [own]);
    expect(row).toEqual({ rank: "DEPRECATED", confidence: 0.2 }); // a live one's confidence says nothing of it
  });

  it("combines mirrored triples of a symmetric relation, and counts degrees as before", async () => {
    const { curation, db, expectWritten } = desk;
    await expectWritten(
      curation.createEntity({ key: "person:jc", type: "person", name: "J. C." }, { actor }),
    );
    await add("person:linda-hamilton", "married_to", "person:jc");
    const merge = { into: { key: "person:james-cameron" }, from: [{ key: "person:jc" }] };
    const { triplesCombined } = await expectWritten(curation.mergeEntities(merge, { actor }));
    expect(triplesCombined).toBe(1);
    expect(await desk.triples("r.key = 'married_to'")).toEqual([
      "person:james-cameron married_to person:linda-hamilton",
    ]);
    const drift = await db.query(`
      select e.id from entity e join entity_degree d on d.entity_id = e.id where d.degree <>
        (select count(*) from triple t where rank <> 'DEPRECATED' and (t.head_id = e.id or t.tail_id = e.id))`);
    expect(drift).toEqual([]);
  });

  it("drops triples between the merged ones, and says how many", async () => {
    const { curation, expectWritten } = desk;
    await add(COPY.key, "related_to", "movie:alien");
    await add("movie:alien", "related_to", COPY.key);
    const merged = await expectWritten(curation.mergeEntities(INTO, { actor }));
    expect(merged).toMatchObject({ triplesMoved: 0, triplesCombined: 0, loopsDropped: 2 });
    expect(await desk.triples("r.key = 'related_to'")).toEqual([]);
  });

  it("merges many at once, and what was merged into them", async () => {
    const { curation, db, expectWritten } = desk;
    for (const n of [1, 2, 3]) {
      await expectWritten(curation.createEntity({ ...COPY, key: `movie:a${n}`, name: `A${n}` }, { actor }));
      await add(`movie:a${n}`, "starring", "person:harrison-ford");
    }
    await expectWritten(
      curation.mergeEntities({ into: { key: "movie:a2" }, from: [{ key: "movie:a1" }] }, { actor }),
    );
    const merge = {
      into: { key: "movie:alien" },
      from: [{ key: "movie:a1" }, { key: "movie:a3" }, { key: "movie:a2" }],
    };
    const merged = await expectWritten(curation.mergeEntities(merge, { actor })); // a1 leads to a2
    expect(merged).toMatchObject({ triplesMoved: 1, triplesCombined: 1, entity: { key: "movie:alien" } });
    const alien = await createKnowledge(db).findEntity({ key: "movie:alien" });
    for (const n of [1, 2, 3])
      expect(await createKnowledge(db).findEntity({ key: `movie:a${n}` })).toEqual(alien);
  });

  it("refuses what cannot be one", async () => {
    const { curation, expectRefused, expectWritten } = desk;
    const refuse = (
      merge: Parameters<typeof curation.mergeEntities>[0],
      problems: Parameters<typeof expectRefused>[1],
    ) => expectRefused(() => curation.mergeEntities(merge, { actor }), problems);
    await refuse({ into: { key: "movie:alien" }, from: [] }, [["INVALID_VALUE", "from"]]);
    await refuse({ into: { key: "movie:?" }, from: [{ key: "movie:alien" }, { id: "77777" }] }, [
      ["UNKNOWN_ENTITY", "into.key"],
      ["UNKNOWN_ENTITY", "from.1.id"],
    ]);
    await refuse({ into: { key: "movie:alien" }, from: [{ key: "movie:alien" }] }, [
      ["ENTITY_MERGED", "from.0"],
    ]);
    // A genre would direct films.
    await refuse({ into: { key: "genre:drama" }, from: [{ key: "person:ridley-scott" }] }, [
      ["RANGE_VIOLATION", "type"],
    ]);
    await add(COPY.key, "follows", "movie:titanic");
    await refuse({ into: { key: "movie:aliens" }, from: [{ key: COPY.key }] }, [
      ["CARDINALITY_VIOLATION", "from"],
    ]);
    await expectRefused(
      () => curation.mergeEntities(INTO, { actor, expectedRevision: 9 }),
      [["REVISION_CONFLICT", "expectedRevision"]],
    );
    const many = Array.from({ length: 150 }, (_, i) => `Alias ${i}`);
    await expectWritten(curation.updateEntity({ key: "movie:alien" }, { aliases: many }, { actor }));
    await expectWritten(
      curation.updateEntity({ key: COPY.key }, { aliases: many.map((a) => `${a}!`) }, { actor }),
    );
    await refuse(INTO, [["INVALID_VALUE", "from"]]);
  });

  it("lets what users did count for the survivor, the newest once, and for itself again when undone", async () => {
    const { curation, db, films, expectWritten } = desk;
    const did = (item: string, day: number) => ({
      user: "ann",
      item,
      at: new Date(Date.UTC(2024, 5, day)),
      weight: day,
    });
    await curation.recordInteractions([did(COPY.key, 9)], { actor }); // ann has rated Alien in January
    await expectWritten(curation.mergeEntities(INTO, { actor }));
    await curation.recordInteractions([did(COPY.key, 7)], { actor }); // by the old key: of the survivor
    const history = async () => (await findHistory(db, "ann")).map(({ itemId, weight }) => [itemId, weight]);
    const { "movie:alien": alien, "movie:blade-runner": runner } = films.entities;
    expect(await history()).toEqual([
      [alien, 9],
      [runner, 4.5],
    ]);
    await db.transaction(async (tx) => {
      await tx.query("select open_change('undo', 'test')");
      await tx.query("update entity set merged_into = null where id = $1", [copy]);
    });
    expect(await history()).toEqual([
      [copy, 9],
      [alien, 7],
      [runner, 4.5],
    ]);
  });
});

describe("a merge that is undone", () => {
  const GRAPH = ["entity", "triple", "entity_degree", "interaction"];
  const plain = (rows: unknown) => JSON.stringify(rows).replace(/"revision":\d+/g, '"revision":0');

  it("gives both back exactly, and leaves the survivor what users did with it since", async () => {
    const { curation, db, dump, films, expectWritten } = desk;
    await add(COPY.key, "starring", "person:sigourney-weaver", {
      qualifiers: { role: "Ellen" },
      confidence: 0.3,
    });
    await add(COPY.key, "starring", "person:harrison-ford");
    await add(COPY.key, "related_to", "movie:alien");
    await curation.recordInteractions(
      [{ user: "dot", item: COPY.key, at: new Date("2024-02-01T00:00:00Z") }],
      {
        actor,
      },
    );
    const before = plain(await dump(GRAPH));
    const { change } = await curation.mergeEntities(INTO, { actor });
    await expectWritten(curation.revertChange(change!.revision, { actor }));
    expect(plain(await dump(GRAPH))).toBe(before);
    const again = await curation.mergeEntities(INTO, { actor });
    const at = new Date("2024-02-02T00:00:00Z");
    await curation.recordInteractions([{ user: "eve", item: COPY.key, at }], { actor });
    await expectWritten(curation.revertChange(again.change!.revision, { actor }));
    const items = async (user: string) => (await findHistory(db, user)).map(({ itemId }) => itemId);
    expect(await items("dot")).toEqual([copy, films.entities["movie:gladiator"]]);
    expect(await items("eve")).toEqual([films.entities["movie:alien"]]);
  });

  it("is refused where either was edited since, and says what stands in the way", async () => {
    const { curation, expectRefused, expectWritten } = desk;
    const { change } = await curation.mergeEntities(INTO, { actor });
    await expectWritten(curation.updateEntity({ key: "movie:alien" }, { name: "Alien!" }, { actor }));
    const messages = await expectRefused(
      () => curation.revertChange(change!.revision, { actor }),
      [["CHANGE_CONFLICT", "id"]],
    );
    expect(messages[0]).toContain("Alien");
  });
});
