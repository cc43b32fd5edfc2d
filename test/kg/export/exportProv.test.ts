import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Parser, Store } from "n3";
import { expect, it } from "vitest";
import { exportData } from "../../../src/kg/export/exportData.ts";
import { createTestDatabase } from "../../support/database.ts";
import { makeFolder } from "../import/support/folders.ts";

const PROV = "http://www.w3.org/ns/prov#";
const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

it("tells as PROV-O which change of whom made and ended each version", async () => {
  const db = await createTestDatabase();
  await db.transaction(async (tx) => {
    await tx.query("select open_change('createEntity', 'anna & co', 'a film')");
    await tx.query(
      "insert into entity (key, type, name) values ('movie:1', 'movie', 'Alien'), ('person:1', 'person', 'Scott')",
    );
    await tx.query("insert into relation (key, label) values ('directed_by', 'directed by')");
    await tx.query("insert into triple (head_id, relation_id, tail_id) values (1, 1, 2)");
  });
  await db.transaction(async (tx) => {
    await tx.query("select open_change('updateEntity', 'ben')");
    await tx.query("update entity set name = 'Alien (1979)', revision = 2 where id = 1");
    await tx.query("delete from triple where id = 1");
  });

  const to = join(await makeFolder(), "changes.ttl");
  expect(await exportData(db, { format: "prov", to })).toMatchObject({ revision: "2" });
  const store = new Store(new Parser().parse(await readFile(to, "utf8")));
  const find = (subject: string, predicate: string) =>
    store.getObjects(subject, predicate, null).map(({ value }) => value);
  const ofClass = (name: string) =>
    store.getSubjects(`${RDF}type`, PROV + name, null).map(({ value }) => value);

  expect(ofClass("Agent")).toEqual(["urn:whygraph:agent:anna%20%26%20co", "urn:whygraph:agent:ben"]);
  expect(ofClass("Activity")).toEqual(["urn:whygraph:change:1", "urn:whygraph:change:2"]);
  expect(find("urn:whygraph:change:1", `${PROV}wasAssociatedWith`)).toEqual([
    "urn:whygraph:agent:anna%20%26%20co",
  ]);
  expect(find("urn:whygraph:change:1", "http://www.w3.org/2000/01/rdf-schema#comment")).toEqual(["a film"]);
  // 2 entities, a relation and a triple were made; then the film's second version.
  expect(ofClass("Entity").sort()).toEqual(
    ["entity:1:1", "entity:1:2", "entity:2:1", "relation:1:1", "triple:1:1"].map(
      (id) => `urn:whygraph:version:${id}`,
    ),
  );
  const [first, second, triple] = ["entity:1:1", "entity:1:2", "triple:1:1"].map(
    (id) => `urn:whygraph:version:${id}`,
  );
  expect(find(second, `${PROV}wasRevisionOf`)).toEqual([first]);
  expect(find(second, `${PROV}wasGeneratedBy`)).toEqual(["urn:whygraph:change:2"]);
  expect(find(first, `${PROV}wasInvalidatedBy`)).toEqual(["urn:whygraph:change:2"]);
  expect(find(first, `${PROV}specializationOf`)).toEqual(["urn:whygraph:entity:movie%3A1"]);
  expect(JSON.parse(find(second, `${PROV}value`)[0])).toMatchObject({ key: "movie:1", name: "Alien (1979)" });
  expect(find(triple, `${PROV}wasInvalidatedBy`)).toEqual(["urn:whygraph:change:2"]);
  expect(find(triple, `${RDF}predicate`)).toEqual(["urn:whygraph:relation:directed_by"]);
  const [at] = await db.query<{ at: Date }>("select at from change where revision = 2");
  expect(new Date(find("urn:whygraph:change:2", `${PROV}endedAtTime`)[0]).getTime()).toBe(at.at.getTime());
});
