import { beforeEach, describe, expect, it } from "vitest";
import type { EditResult, ShapeDefinition } from "../../../src/kg/types.ts";
import { type Desk, openDesk } from "../curation/support.ts";

const actor = "curator";
const FILM = { type: "movie", name: "Prometheus", isItem: true };
let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});

const shape = (definition: ShapeDefinition) =>
  desk.expectWritten(desk.curation.defineShape(definition, { actor }));
const told = ({ problems }: EditResult<unknown>) =>
  problems.map(({ severity, message }) => [severity, message]);
const film = (key: string, attributes: object = {}) =>
  desk.curation.createEntity({ ...FILM, key, attributes: { ...attributes } }, { actor });

describe("a shape of an attribute", () => {
  it("refuses an error, writes a warning and tells it, with the path of the attribute", async () => {
    await shape({
      key: "year",
      type: "movie",
      attribute: "year",
      minCount: 1,
      datatype: "INTEGER",
      minimum: 1888,
    });
    await shape({
      key: "short",
      attribute: "@name",
      maxLength: 10,
      severity: "WARNING",
      message: "a long name",
    });
    const [message] = await desk.expectRefused(
      () => desk.curation.createEntity({ ...FILM, key: "movie:p", name: "Alien" }, { actor }),
      [["SHAPE_VIOLATION", "attributes.year"]],
    );
    expect(message).toBe('year of "movie:p" has 0 values; expected at least 1 (shape "year")');
    const early = await film("movie:p", { year: 1492 });
    expect(early.change).toBeNull();
    expect(told(early)).toContainEqual([
      "ERROR",
      'year of "movie:p" is 1492; expected a number from 1888 (shape "year")',
    ]);
    const exact = await desk.curation.createEntity(
      { ...FILM, key: "movie:p", attributes: { year: 2012 }, name: "Prometheus!" }, // 11 characters
      { actor },
    );
    expect(exact.change).not.toBeNull();
    expect(told(exact)).toEqual([["WARNING", 'a long name (shape "short")']]);
  });

  it.each<[string, Partial<ShapeDefinition>, unknown[], unknown[]]>([
    ["a datatype", { datatype: "DATE" }, ["2012-02-29", null], ["2013-02-29", "2012", 5]],
    ["an address", { datatype: "URL" }, ["https://example.org/"], ["example"]],
    ["a pattern", { pattern: "^[A-Z]{2}\\d+$" }, ["TT12", ["AB1", "CD2"]], ["tt12", ["AB1", "x"]]],
    ["a pattern with flags", { pattern: "^tt", flags: "i" }, ["TT12"], ["12"]],
    ["allowed values", { allowed: ["a", 1, true] }, ["a", 1, true, ["a", 1]], ["b", "1", false]],
    ["bounds of numbers", { minimum: 0, maximum: 1 }, [0, 0.5, 1], [-0.1, 1.1, "0.5"]],
    ["bounds of lengths", { minLength: 2, maxLength: 3 }, ["ab", "😀😀😀"], ["a", "abcd"]],
    ["a number of values", { maxCount: 1 }, [["a"], "a", [], null], [["a", "b"]]],
  ])("checks %s", async (_what, rules, good, bad) => {
    await shape({ key: "s", type: "movie", attribute: "x", ...rules });
    const by = { key: "movie:alien" };
    for (const x of good) {
      const { problems } = await desk.curation.updateEntity(by, { attributes: { x } }, { actor });
      expect([x, problems]).toEqual([x, []]);
    }
    for (const x of bad) {
      const { problems, change } = await desk.curation.updateEntity(by, { attributes: { x } }, { actor });
      expect([x, change, problems.map(({ code }) => code)]).toEqual([x, null, ["SHAPE_VIOLATION"]]);
    }
  });

  it("is no problem of an edit that broke nothing anew", async () => {
    await shape({ key: "year", type: "movie", attribute: "year", minCount: 1 }); // no film of the graph has one
    const { problems, change } = await desk.curation.updateEntity(
      { key: "movie:alien" },
      { name: "A" },
      { actor },
    );
    expect([problems, change?.kind]).toEqual([[], "update_entity"]);
  });

  it("matches a hostile text against a hostile pattern in linear time", async () => {
    await shape({ key: "slow", attribute: "x", pattern: "^(a+)+$", severity: "WARNING" });
    const start = performance.now();
    const result = await desk.curation.updateEntity(
      { key: "movie:alien" },
      { attributes: { x: `${"a".repeat(50_000)}!` } }, // a backtracking engine would need 2^50000 steps
      { actor },
    );
    expect(told(result)).toEqual([["WARNING", expect.stringContaining("expected a match of ^(a+)+$")]]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe("a shape of triples", () => {
  const add = (head: string, relation: string, tail: string, more: object = {}) =>
    desk.curation.addTriple({ head, relation, tail, ...more }, { actor });

  it("bounds how many there are per head and per tail", async () => {
    await shape({ key: "one director", type: "movie", relation: "directed_by", maxCount: 1 });
    await shape({ key: "two films", type: "person", relation: "starring", direction: "IN", maxCount: 2 });
    const second = await add("movie:alien", "directed_by", "person:james-cameron");
    expect(told(second)).toEqual([
      ["ERROR", '"movie:alien" has of "directed_by" 2 triples; expected at most 1 (shape "one director")'],
    ]);
    const third = await add("movie:titanic", "starring", "person:sigourney-weaver"); // Alien, Aliens
    expect(told(third)).toEqual([
      [
        "ERROR",
        '"person:sigourney-weaver" has of incoming "starring" 3 triples; expected at most 2 (shape "two films")',
      ],
    ]);
    const kept = await add("movie:titanic", "starring", "person:sigourney-weaver", { rank: "DEPRECATED" });
    expect(kept.problems).toEqual([]);
    const revived = await desk.curation.updateTriple(kept.value!.id, { rank: "NORMAL" }, { actor });
    expect(revived.problems.map(({ code }) => code)).toEqual(["SHAPE_VIOLATION"]);
  });

  it("says what the other end must be, and warns where it shall only warn", async () => {
    await shape({ key: "to films", relation: "related_to", nodeTypes: ["movie"], severity: "WARNING" });
    const odd = await add("movie:alien", "related_to", "genre:drama");
    expect(odd.change).not.toBeNull();
    expect(told(odd)).toEqual([
      [
        "WARNING",
        '"movie:alien" has of "related_to" a triple with something else than movie at the other end (shape "to films")',
      ],
    ]);
    expect((await add("movie:alien", "related_to", "movie:titanic")).problems).toEqual([]);
    await desk.expectWritten(desk.curation.createEntity({ key: "x", type: "movie", name: "X" }, { actor }));
    await desk.expectWritten(add("movie:alien", "related_to", "x"));
    const turned = await desk.curation.updateEntity({ key: "x" }, { type: "song" }, { actor }); // a neighbour minds
    expect(told(turned).map(([severity]) => severity)).toEqual(["WARNING"]);
  });

  it("takes one of two relations that say the same from either end", async () => {
    await desk.expectWritten(desk.curation.defineRelation({ key: "directed" }, { actor }));
    await shape({ key: "inverse", relation: "directed_by", inverse: "directed" });
    const again = await add("person:ridley-scott", "directed", "movie:alien");
    expect(told(again)).toEqual([
      [
        "ERROR",
        '"movie:alien" has of "directed_by" a triple that is stated by "directed" already; expected one of the two (shape "inverse")',
      ],
    ]);
    await desk.expectWritten(add("person:ridley-scott", "directed", "movie:titanic"));
    expect((await add("movie:titanic", "directed_by", "person:ridley-scott")).problems).toHaveLength(1);
  });

  it("warns of missing triples and never refuses for them: a graph is made edit by edit", async () => {
    await shape({ key: "a director", type: "movie", relation: "directed_by", minCount: 1 });
    const made = await film("movie:p");
    expect([made.change?.kind, told(made).map(([severity]) => severity)]).toEqual([
      "create_entity",
      ["WARNING"],
    ]);
    const id = desk.films.triples["movie:alien directed_by person:ridley-scott"];
    const gone = await desk.curation.retractTriple(id, { actor });
    expect(gone.change).not.toBeNull();
    expect(told(gone)).toEqual([
      ["WARNING", '"movie:alien" has of "directed_by" 0 triples; expected at least 1 (shape "a director")'],
    ]);
    const cascade = await desk.curation.deleteEntity(
      { key: "person:james-cameron" },
      { actor, cascade: true },
    );
    expect(told(cascade)).toHaveLength(3); // Aliens, The Terminator, Titanic
  });

  it("is checked where entities become one", async () => {
    await shape({ key: "one director", type: "movie", relation: "directed_by", maxCount: 1 });
    await film("movie:p");
    await desk.expectWritten(add("movie:p", "directed_by", "person:james-cameron"));
    const merge = { into: { key: "movie:alien" }, from: [{ key: "movie:p" }] };
    await desk.expectRefused(
      () => desk.curation.mergeEntities(merge, { actor }),
      [["SHAPE_VIOLATION", null]],
    );
  });
});

describe("defineShape", () => {
  it("replaces a shape as a whole, deletes it, and both can be undone", async () => {
    const { curation, expectWritten, expectRefused, dump } = desk;
    const first = await shape({ key: "s", type: "movie", attribute: "year", minimum: 1888, pattern: "x" });
    expect(first).toMatchObject({
      type: "movie",
      attribute: "year",
      minimum: 1888,
      severity: "ERROR",
      revision: 1,
    });
    const same = { key: "s", type: "movie", attribute: "year", minimum: 1888, pattern: "x" };
    expect(await curation.defineShape(same, { actor })).toMatchObject({ change: null, problems: [] });
    const before = await dump(["shape"]);
    const second = await shape({ key: "s", relation: "starring", minCount: 1 });
    expect(second).toMatchObject({
      type: null,
      attribute: null,
      direction: "OUT",
      minimum: null,
      revision: 2,
    });
    const stale = { actor, expectedRevision: 1 };
    await expectRefused(() => curation.deleteShape("s", stale), [["REVISION_CONFLICT", "expectedRevision"]]);
    const { change } = await curation.deleteShape("s", { actor });
    expect(await dump(["shape"])).toEqual([[]]);
    await expectRefused(() => curation.deleteShape("s", { actor }), [["UNKNOWN_SHAPE", "key"]]);
    await expectWritten(curation.revertChange(change!.revision, { actor }));
    await expectWritten(curation.revertChange(String(Number(change!.revision) - 1), { actor }));
    const plain = (rows: unknown) => JSON.stringify(rows).replace(/"revision":\d+/g, "");
    expect(plain(await dump(["shape"]))).toBe(plain(before));
  });

  it.each<[ShapeDefinition, string[]]>([
    [{ key: "s" }, ["attribute"]],
    [{ key: "s", attribute: "x", relation: "starring" }, ["attribute"]],
    [{ key: "s", attribute: "@type" }, ["attribute"]],
    [{ key: "s", attribute: "x", nodeTypes: ["movie"] }, ["nodeTypes"]],
    [{ key: "s", relation: "starring", minimum: 1 }, ["minimum"]],
    [{ key: "s", relation: "none" }, ["relation"]],
    [{ key: "s", attribute: "x", minCount: 2, maxCount: 1, minLength: 0.5 }, ["minLength", "maxCount"]],
    [{ key: "s", attribute: "x", pattern: "(a)\\1" }, ["pattern"]], // a reference back
    [{ key: "s", attribute: "x", pattern: "(?=a)" }, ["pattern"]], // looks ahead
    [{ key: "s", attribute: "x", pattern: "(" }, ["pattern"]],
    [{ key: "s", attribute: "x", allowed: [] }, ["allowed"]],
  ])("refuses %j", async (definition, paths) => {
    const { problems, change } = await desk.curation.defineShape(definition, { actor });
    expect(change).toBeNull();
    expect(problems.map(({ path }) => path!.join("."))).toEqual(paths);
  });
});
