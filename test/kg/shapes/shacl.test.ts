import { beforeEach, describe, expect, it } from "vitest";
import { importShapes } from "../../../src/kg/curation/importShapes.ts";
import { readShacl } from "../../../src/kg/shapes/shacl/readShacl.ts";
import { type Desk, openDesk } from "../curation/support.ts";

const PREFIXES = `
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix own: <urn:whygraph:attribute:> .
@prefix rel: <urn:whygraph:relation:> .
@prefix type: <urn:whygraph:type:> .
@prefix ex: <http://example.org/> .`;
const read = (text: string, known: readonly string[] = []) =>
  readShacl(PREFIXES + text, (key) => known.includes(key));

describe("readShacl", () => {
  it("reads the constraints of attributes", () => {
    const { shapes, unsupported } = read(`
      ex:Film a sh:NodeShape ; sh:targetClass ex:Movie ;
        sh:property [ sh:path own:year ; sh:datatype xsd:integer ; sh:minCount 1 ; sh:maxCount 1 ;
                      sh:minInclusive 1888 ; sh:maxInclusive 2100 ] ;
        sh:property [ sh:path own:imdb ; sh:pattern "^tt[0-9]+$" ; sh:flags "i" ; sh:minLength 9 ; sh:maxLength 12 ;
                      sh:severity sh:Warning ; sh:message "no IMDb number" ] ;
        sh:property [ sh:path own:rated ; sh:in ( "G" 12 true ) ; sh:name "age" ] ;
        sh:property [ sh:path rdfs:label ; sh:minLength 1 ] .`);
    expect(unsupported).toEqual([]);
    expect(shapes).toEqual([
      {
        ...{
          key: "Movie year",
          type: "Movie",
          attribute: "year",
          datatype: "INTEGER",
          minCount: 1,
          maxCount: 1,
        },
        ...{ minimum: 1888, maximum: 2100 },
      },
      {
        ...{ key: "Movie imdb", type: "Movie", attribute: "imdb", pattern: "^tt[0-9]+$", flags: "i" },
        ...{ minLength: 9, maxLength: 12, severity: "WARNING", message: "no IMDb number" },
      },
      { key: "Movie rated", type: "Movie", attribute: "rated", allowed: ["G", 12, true] },
      { key: "Movie @name", type: "Movie", attribute: "@name", minLength: 1 },
    ]);
  });

  it("takes properties for relations by class, kind, inverse path, or because the graph knows them", () => {
    const { shapes, unsupported } = read(
      `ex:Film a rdfs:Class, sh:NodeShape ;
        sh:property [ sh:path rel:directed_by ; sh:class ex:Person ; sh:minCount 1 ] ;
        sh:property [ sh:path rel:follows ; sh:maxCount 1 ] ;
        sh:property [ sh:path rel:shot_in ; sh:nodeKind sh:IRI ; sh:maxCount 3 ] ;
        sh:property [ sh:path [ sh:inversePath rel:follows ] ; sh:maxCount 1 ] ;
        sh:property [ sh:path rel:follows ; sh:maxCount 2 ; sh:deactivated true ] ;
        sh:property [ sh:path rel:follows ; sh:class ex:Film ] .`,
      ["follows"],
    );
    expect(unsupported).toEqual([]);
    const film = { type: "Film", direction: "OUT" };
    expect(shapes).toEqual([
      { ...film, key: "Film directed_by", relation: "directed_by", nodeTypes: ["Person"], minCount: 1 },
      { ...film, key: "Film follows", relation: "follows", maxCount: 1 },
      { ...film, key: "Film shot_in", relation: "shot_in", maxCount: 3 },
      { ...film, key: "Film follows inverse", relation: "follows", direction: "IN", maxCount: 1 },
      { ...film, key: "Film follows #2", relation: "follows", nodeTypes: ["Film"] },
    ]);
  });

  it("lists what it cannot check, and keeps what stands beside it", () => {
    const { shapes, unsupported } = read(`
      ex:Film a sh:NodeShape ; sh:targetClass ex:Movie ; sh:closed true ; sh:targetNode ex:Alien ;
        sh:property [ sh:path own:year ; sh:minCount 1 ; sh:minExclusive 1887 ; sh:pattern "(a)\\\\1" ;
                      sh:datatype xsd:gYear ; sh:or ( [ sh:class ex:A ] ) ; sh:in ( ex:A ) ] ;
        sh:property [ sh:path ( own:a own:b ) ; sh:minCount 1 ] .
      ex:Nobody a sh:NodeShape ; sh:property [ sh:path own:x ; sh:minCount 1 ] .`);
    expect(shapes).toEqual([{ key: "Movie year", type: "Movie", attribute: "year", minCount: 1 }]);
    expect(unsupported.map(({ what }) => what).sort()).toEqual(
      [
        ...["sh:closed", "sh:targetNode", "sh:minExclusive", "sh:pattern", "sh:datatype", "sh:or", "sh:in"],
        ...["sh:path", "sh:targetClass"],
      ].sort(),
    );
    const pattern = unsupported.find(({ what }) => what === "sh:pattern")!;
    expect(pattern.shape).toBe("http://example.org/Film urn:whygraph:attribute:year");
    expect(pattern.why).toContain("is no pattern of RE2");
  });

  it("leaves rules of values out of a relation's shape, and says so", () => {
    const { shapes, unsupported } = read(`
      ex:Film a sh:NodeShape ; sh:targetClass type:tv%20show ;
        sh:property [ sh:path rel:follows ; sh:class ex:Film ; sh:pattern "x" ; sh:flags "i" ; sh:maxInclusive 1 ] .`);
    const key = "tv show follows";
    expect(shapes).toEqual([
      { key, type: "tv show", relation: "follows", direction: "OUT", nodeTypes: ["Film"] },
    ]);
    expect(unsupported.map(({ what }) => what)).toEqual(["sh:pattern", "sh:maxInclusive"]);
  });

  it("names the line of what is no Turtle", () => {
    expect(() => read("ex:Film a ;;; .")).toThrow(/the shapes are no Turtle: .*line/);
  });
});

describe("importShapes", () => {
  const FILE = `${PREFIXES}
    ex:Film a sh:NodeShape ; sh:targetClass type:movie ;
      sh:property [ sh:path rel:directed_by ; sh:class type:person ; sh:maxCount 1 ] ;
      sh:property [ sh:path rel:shot_in ; sh:class type:place ] ;
      sh:property [ sh:path own:year ; sh:datatype xsd:integer ; sh:closed true ] .`;
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
  });

  it("writes one change that is checked from then on and can be undone; a second time it writes nothing", async () => {
    const { db, curation, dump } = desk;
    const before = await dump(["shape", "relation"]);
    const first = await importShapes(db, FILE, { actor: "x" });
    expect(first).toMatchObject({
      ...{ problems: [], change: { kind: "import_shapes" } },
      value: { defined: 3, unchanged: 0, unsupported: [{ what: "sh:closed" }] },
    });
    const again = await importShapes(db, FILE, { actor: "x" });
    expect(again).toMatchObject({ change: null, value: { defined: 0, unchanged: 3 } });
    const second = { head: "movie:alien", relation: "directed_by", tail: "person:james-cameron" };
    expect((await curation.addTriple(second, { actor: "x" })).problems).toMatchObject([
      { code: "SHAPE_VIOLATION", message: expect.stringContaining("expected at most 1") },
    ]);
    const wrong = await curation.updateEntity(
      { key: "movie:alien" },
      { attributes: { year: "1979" } },
      { actor: "x" },
    );
    expect(wrong.problems).toMatchObject([{ code: "SHAPE_VIOLATION", path: ["attributes", "year"] }]);
    await desk.expectWritten(curation.revertChange(first.change!.revision, { actor: "x" }));
    expect(await dump(["shape", "relation"])).toEqual(before);
  });

  it("understands literals as an import of RDF keeps them", async () => {
    await importShapes(desk.db, FILE, { actor: "x" });
    const year = { "@value": "1979", "@type": "xsd:int" };
    const { problems } = await desk.curation.updateEntity(
      { key: "movie:alien" },
      { attributes: { year } },
      { actor: "x" },
    );
    expect(problems).toEqual([]);
  });

  it("writes nothing in a dry run", async () => {
    const before = await desk.dump(["shape", "relation", "change"]);
    const dry = await importShapes(desk.db, FILE, { actor: "x", dryRun: true });
    expect(dry).toMatchObject({ change: null, value: { defined: 3 } });
    expect(await desk.dump(["shape", "relation", "change"])).toEqual(before);
  });
});
