import { beforeEach, describe, expect, it } from "vitest";
import type { EntityBy } from "../../../src/kg/types.ts";
import { type Desk, openDesk } from "./support.ts";

const actor = "curator";
const ALIEN: EntityBy = { key: "movie:alien" };
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});

const logOf = (revision: string) =>
  desk.db.query(
    `select subject, before->>'revision' as before, after->>'revision' as after
       from change_row where revision = $1 order by id`,
    [revision],
  );

describe("updateEntity", () => {
  it("alters what it names and nothing else, in one change", async () => {
    const { curation, films } = desk;
    const patch = {
      aliases: ["Alien 1"],
      description: "In space.",
      attributes: { year: 1979, cast: { size: 7 } },
    };
    const result = await curation.updateEntity(ALIEN, patch, { actor, expectedRevision: 1 });
    expect(result).toMatchObject({ problems: [], change: { kind: "update_entity", actor } });
    expect(result.value).toEqual({
      ...{
        id: films.entities["movie:alien"],
        key: "movie:alien",
        type: "movie",
        name: "Alien",
        isItem: true,
      },
      ...{ ...patch, mergedInto: null, revision: 2 },
    });
    expect(await logOf(result.graphRevision)).toEqual([{ subject: "entity", before: "1", after: "2" }]);
  });

  it("merges attributes as RFC 7396 says, and null empties what may be empty", async () => {
    const { curation, expectWritten } = desk;
    const first = { description: "x", attributes: { a: 1, b: { c: 1, d: 2 }, e: [1, 2] } };
    await expectWritten(curation.updateEntity(ALIEN, first, { actor }));
    const patch = { attributes: { a: null, b: { c: null, f: 3 }, e: [3] }, description: null, aliases: null };
    const merged = await expectWritten(curation.updateEntity(ALIEN, patch, { actor }));
    expect(merged).toMatchObject({ description: null, aliases: [] });
    expect(merged.attributes).toEqual({ b: { d: 2, f: 3 }, e: [3] });
    expect(
      (await expectWritten(curation.updateEntity(ALIEN, { attributes: null }, { actor }))).attributes,
    ).toEqual({});
  });

  it("writes nothing and uses no revision where nothing differs", async () => {
    const { curation, dump } = desk;
    const before = await dump();
    const same = { name: "Alien", aliases: ["Alien: The Director's Cut"], attributes: { x: null } };
    const result = await curation.updateEntity(ALIEN, same, { actor });
    expect(result).toMatchObject({ change: null, problems: [], value: { name: "Alien", revision: 1 } });
    expect(await dump()).toEqual(before);
  });

  it("refuses what it cannot store, an unknown entity and an overtaken revision", async () => {
    const { curation, films, expectRefused } = desk;
    await expectRefused(
      () => curation.updateEntity(ALIEN, { name: null, type: "", isItem: null, aliases: [" "] }, { actor }),
      [
        ["INVALID_VALUE", "type"],
        ["INVALID_VALUE", "name"],
        ["INVALID_VALUE", "aliases.0"],
        ["INVALID_VALUE", "isItem"],
      ],
    );
    await expectRefused(
      () => curation.updateEntity({ key: "movie:?" }, {}, { actor }),
      [["UNKNOWN_ENTITY", "by.key"]],
    );
    await expectRefused(
      () => curation.updateEntity({ id: "999" }, {}, { actor }),
      [["UNKNOWN_ENTITY", "by.id"]],
    );
    const [message] = await expectRefused(
      () =>
        curation.updateEntity(
          { id: films.entities["movie:alien"] },
          { name: "A" },
          { actor, expectedRevision: 3 },
        ),
      [["REVISION_CONFLICT", "expectedRevision"]],
    );
    expect(message).toBe('the entity "movie:alien" has revision 1; expected 3: read it again');
  });

  it("refuses a type that its triples do not allow, and takes one that they do", async () => {
    const { curation, expectRefused, expectWritten } = desk;
    // Ridley Scott directed three films; the range of directed_by is person.
    const [message] = await expectRefused(
      () => curation.updateEntity({ key: "person:ridley-scott" }, { type: "company" }, { actor }),
      [["RANGE_VIOLATION", "type"]],
    );
    expect(message).toContain('the tail of 3 triples of "directed_by", which expects one of person');
    await expectRefused(
      () => curation.updateEntity({ key: "movie:gladiator" }, { type: "film" }, { actor }),
      [
        ["DOMAIN_VIOLATION", "type"],
        ["DOMAIN_VIOLATION", "type"],
      ],
    );
    await expectWritten(
      curation.defineRelation({ key: "directed_by", range: ["person", "company"] }, { actor }),
    );
    const scott = await expectWritten(
      curation.updateEntity({ key: "person:ridley-scott" }, { type: "company" }, { actor }),
    );
    expect(scott.type).toBe("company");
  });

  it("tells a null apart from an absence under one idempotency key", async () => {
    const { curation } = desk;
    const options = { actor, idempotencyKey: "k" };
    const first = await curation.updateEntity(ALIEN, { name: "A" }, options);
    expect(await curation.updateEntity(ALIEN, { name: "A" }, options)).toEqual(first);
    const other = await curation.updateEntity(ALIEN, { name: "A", aliases: null }, options);
    expect(other.problems.map(({ code }) => code)).toEqual(["IDEMPOTENCY_KEY_REUSED"]);
  });
});

describe("updateTriple", () => {
  it("alters what is said about a triple", async () => {
    const { curation, films, expectWritten } = desk;
    const id = films.triples["movie:alien starring person:sigourney-weaver"];
    const patch = {
      ...{ confidence: 0.7, rank: "PREFERRED" as const, qualifiers: { role: "Ripley" } },
      ...{
        sources: [{ name: "a book", method: "CURATOR" as const }],
        validFrom: new Date("1979-05-25T00:00:00Z"),
      },
    };
    const triple = await expectWritten(curation.updateTriple(id, patch, { actor, expectedRevision: 1 }));
    expect(triple).toMatchObject({ id, ...patch, validTo: null, revision: 2 });
    const again = await curation.updateTriple(id, { ...patch, validTo: undefined }, { actor });
    expect(again).toMatchObject({ change: null, problems: [], value: { revision: 2 } });
    const emptied = { qualifiers: { role: null }, sources: null, validFrom: null };
    expect(await expectWritten(curation.updateTriple(id, emptied, { actor }))).toMatchObject({
      ...{ confidence: 0.7, qualifiers: {}, sources: [], validFrom: null, revision: 3 },
    });
  });

  it("refuses a bad value, an unknown triple, an overtaken revision and a time before the other one", async () => {
    const { curation, films, expectRefused, expectWritten } = desk;
    const id = films.triples["movie:alien starring person:sigourney-weaver"];
    await expectRefused(
      () => curation.updateTriple(id, { confidence: 2, rank: null }, { actor }),
      [
        ["INVALID_VALUE", "rank"],
        ["INVALID_VALUE", "confidence"],
      ],
    );
    await expectRefused(() => curation.updateTriple("999", {}, { actor }), [["UNKNOWN_TRIPLE", "id"]]);
    await expectRefused(() => curation.updateTriple("x", {}, { actor }), [["UNKNOWN_TRIPLE", "id"]]);
    const stale = { actor, expectedRevision: 0 };
    await expectRefused(
      () => curation.updateTriple(id, {}, stale),
      [["REVISION_CONFLICT", "expectedRevision"]],
    );
    await expectWritten(
      curation.updateTriple(id, { validFrom: new Date("2000-01-01T00:00:00Z") }, { actor }),
    );
    await expectRefused(
      () => curation.updateTriple(id, { validTo: new Date("1999-01-01T00:00:00Z") }, { actor }),
      [["INVALID_VALUE", "validTo"]],
    );
  });

  it("gives a deprecated triple its place back only where there is room", async () => {
    const { curation, films, expectRefused, expectWritten } = desk;
    const id = films.triples["movie:aliens follows movie:alien"]; // at most one per head
    await expectWritten(curation.updateTriple(id, { rank: "DEPRECATED" }, { actor }));
    const other = { head: "movie:aliens", relation: "follows", tail: "movie:titanic" };
    const { id: taken } = await expectWritten(curation.addTriple(other, { actor }));
    await expectRefused(
      () => curation.updateTriple(id, { rank: "NORMAL" }, { actor }),
      [["CARDINALITY_VIOLATION", "head"]],
    );
    await expectWritten(curation.retractTriple(taken, { actor }));
    expect((await expectWritten(curation.updateTriple(id, { rank: "NORMAL" }, { actor }))).rank).toBe(
      "NORMAL",
    );
  });
});

describe("deleteEntity", () => {
  it("is refused where triples use the entity, naming them, and takes them along where asked", async () => {
    const { curation, expectRefused, expectWritten, triples } = desk;
    const scott = { key: "person:ridley-scott" };
    const [message] = await expectRefused(
      () => curation.deleteEntity(scott, { actor }),
      [["ENTITY_IN_USE", "cascade"]],
    );
    const films = ["alien", "blade-runner", "gladiator"].map(
      (film) => `movie:${film} directed_by person:ridley-scott`,
    );
    const [, named] = /^"person:ridley-scott" has 3 triples \((.*)\); expected none, or cascade: true$/.exec(
      message,
    )!;
    expect(named.split("; ").sort()).toEqual(films);
    const result = await curation.deleteEntity(scott, { actor, cascade: true, expectedRevision: 1 });
    expect(result).toMatchObject({ problems: [], value: scott, change: { kind: "delete_entity" } });
    expect(await triples("l.key = 'person:ridley-scott'")).toEqual([]);
    expect(await logOf(result.graphRevision)).toEqual([
      ...Array(3).fill({ subject: "triple", before: "1", after: null }),
      { subject: "entity", before: "1", after: null },
    ]);
    const free = await curation.createEntity({ ...scott, type: "person", name: "Ridley Scott" }, { actor });
    expect(free.problems).toEqual([]);
    await expectWritten(curation.deleteEntity(scott, { actor }));
  });

  it("never deletes what users have interacted with", async () => {
    const { curation, expectRefused } = desk;
    const [message] = await expectRefused(
      () => curation.deleteEntity(ALIEN, { actor, cascade: true }),
      [["ENTITY_IN_USE", "by"]],
    );
    expect(message).toContain('users have 2 interactions with "movie:alien"');
  });

  it("does not delete a survivor by the key of what was merged into it", async () => {
    const { curation, expectRefused, expectWritten } = desk;
    const [james, linda] = [{ key: "person:james-cameron" }, { key: "person:linda-hamilton" }];
    await expectWritten(curation.mergeEntities({ into: james, from: [linda] }, { actor }));
    await expectRefused(
      () => curation.deleteEntity(linda, { actor, cascade: true }),
      [["ENTITY_MERGED", "by.key"]],
    );
    await expectRefused(
      () => curation.deleteEntity(james, { actor }),
      [
        ["ENTITY_IN_USE", "cascade"],
        ["ENTITY_IN_USE", "cascade"],
      ],
    );
    await expectWritten(curation.deleteEntity(james, { actor, cascade: true }));
    const left = await desk.db.query(
      "select key from entity where key in ('person:james-cameron', 'person:linda-hamilton')",
    );
    expect(left).toEqual([]);
  });
});

describe("defineRelation", () => {
  it("creates a relation with a label out of its key, and alters what it names", async () => {
    const { curation, expectWritten, expectRefused } = desk;
    const made = await expectWritten(
      curation.defineRelation({ key: "shotIn", domain: ["movie"] }, { actor, expectedRevision: 0 }),
    );
    expect(made).toEqual({
      ...{ id: expect.any(Number), key: "shotIn", label: "shot in", inverseLabel: null, domain: ["movie"] },
      ...{ range: null, maxPerHead: null, symmetric: false, revision: 1 },
    });
    const altered = await expectWritten(
      curation.defineRelation(
        { key: "shotIn", inverseLabel: "place of", domain: null, maxPerHead: 3 },
        { actor },
      ),
    );
    expect(altered).toMatchObject({
      label: "shot in",
      inverseLabel: "place of",
      domain: null,
      maxPerHead: 3,
      revision: 2,
    });
    const same = await curation.defineRelation(
      { key: "shotIn", maxPerHead: 3 },
      { actor, expectedRevision: 2 },
    );
    expect(same).toMatchObject({ change: null, problems: [], value: { revision: 2 } });
    await expectRefused(
      () => curation.defineRelation({ key: "shotIn" }, { actor, expectedRevision: 0 }),
      [["REVISION_CONFLICT", "expectedRevision"]],
    );
    await expectRefused(
      () => curation.defineRelation({ key: " ", domain: [], range: [""], maxPerHead: 0.5 }, { actor }),
      [
        ["INVALID_VALUE", "key"],
        ["INVALID_VALUE", "domain"],
        ["INVALID_VALUE", "range.0"],
        ["INVALID_VALUE", "maxPerHead"],
        ["INVALID_VALUE", "maxPerHead"],
      ],
    );
  });

  it("refuses rules that present triples break, and names the first", async () => {
    const { curation, expectRefused, expectWritten } = desk;
    const define = (rules: object) => () =>
      curation.defineRelation({ key: "has_genre", ...rules }, { actor });
    const messages = await expectRefused(define({ domain: ["song"], range: ["mood"], symmetric: true }), [
      ["DOMAIN_VIOLATION", "domain"],
      ["RANGE_VIOLATION", "range"],
    ]);
    // Six films have a live genre; the seventh triple is deprecated.
    expect(messages[0]).toMatch(
      /^domain would be \["song"\]; 6 triples have another type of head \(movie:.*; movie:.*; movie:[^;]*\): expected none, retract or deprecate them first$/,
    );
    await expectWritten(
      curation.addTriple({ head: "movie:alien", relation: "has_genre", tail: "genre:drama" }, { actor }),
    );
    const [crowd] = await expectRefused(define({ maxPerHead: 1 }), [["CARDINALITY_VIOLATION", "maxPerHead"]]);
    expect(crowd).toContain("1 head has more triples (movie:alien has_genre genre:");
    await expectWritten(define({ maxPerHead: 2 })());
  });

  it("refuses to make a relation symmetric whose triples are there both ways", async () => {
    const { curation, expectRefused, expectWritten } = desk;
    const related = (head: string, tail: string) =>
      curation.addTriple({ head, relation: "related_to", tail }, { actor });
    await expectWritten(related("movie:alien", "movie:aliens"));
    const { id } = await expectWritten(related("movie:aliens", "movie:alien"));
    const define = () => curation.defineRelation({ key: "related_to", symmetric: true }, { actor });
    await expectRefused(define, [["DUPLICATE_VIOLATION", "symmetric"]]);
    await expectWritten(curation.retractTriple(id, { actor }));
    expect((await expectWritten(define())).symmetric).toBe(true);
  });
});
