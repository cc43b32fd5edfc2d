import { beforeAll, describe, expect, it } from "vitest";
import { globalId } from "../../src/schema/globalId.ts";
import { type Gateway, openGateway } from "./openGateway.ts";

let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway();
});

/** Runs a mutation as a curator, sees that it has no problems, and gives what it answered. */
async function edit(field: string, type: string, input: object, fields = "change { id revision sentence }") {
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${fields} problems { code message } } }`;
  const { data, errors } = await gateway.ask(query, { input }, "CURATOR");
  expect(errors).toEqual([]);
  expect(data[field].problems).toEqual([]);
  return data[field];
}
const REVERT = `mutation ($input: RevertChangeInput!) { revertChange(input: $input) {
  change { kind revision reverts { revision } } reverted { revision revertedBy { revision } } graphRevision
  problems { __typename code message path } } }`;
const revert = (id: string, more: object = {}) =>
  gateway.ask(REVERT, { input: { id, ...more } }, "CURATOR").then(({ data, errors }) => {
    expect(errors).toEqual([]);
    return data.revertChange;
  });

describe("what changes say of themselves", () => {
  const CHANGES = `{ changes(first: 20) { nodes { revision kind sentence diffCount
    diff(first: 3) { subject id label action fields { name before after } } } } }`;

  it("is one sentence each, and a diff by names", async () => {
    await edit("createEntity", "CreateEntityInput", {
      ...{ key: "movie:alien-1979", type: "movie", name: "Alien (1979)", isItem: true },
      ...{ aliases: ["Alien: 40th"], attributes: { year: 1979 } },
    });
    const triple = { head: "movie:alien-1979", relation: "starring", tail: "person:harrison-ford" };
    const added = await edit("addTriple", "AddTripleInput", triple, "triple { id }");
    await edit("updateTriple", "UpdateTripleInput", {
      id: added.triple.id,
      confidence: 0.5,
      rank: "PREFERRED",
    });
    await edit("updateEntity", "UpdateEntityInput", { by: { key: "movie:titanic" }, name: "Titanic (1997)" });
    await edit("mergeEntities", "MergeEntitiesInput", {
      ...{ into: { key: "movie:alien" }, from: [{ key: "movie:alien-1979" }] },
    });
    const { data, errors } = await gateway.ask(CHANGES);
    expect(errors).toEqual([]);
    const told = data.changes.nodes.map((node: { sentence: string; diffCount: number }) => [
      node.sentence,
      node.diffCount,
    ]);
    expect(told).toEqual([
      ["test curator merged Alien (1979) into Alien: 1 triple moved", 3],
      ["test curator changed name of Titanic", 1],
      ["test curator changed confidence and rank of Alien (1979) –starring→ Harrison Ford", 1],
      ["test curator added Alien (1979) –starring→ Harrison Ford", 1],
      ["test curator created Alien (1979)", 1],
      ["films imported 13 entities, 6 relations and 19 triples", 38],
    ]);
  });

  it("lists fields by the API's names, ids by what they lead to, values as JSON", async () => {
    const { data } = await gateway.ask(CHANGES);
    const [merged, , changed, , created] = data.changes.nodes;
    const [alien, triple] = [gateway.films.entities["movie:alien"], changed.diff[0].id];
    expect(merged.diff).toEqual([
      {
        ...{ subject: "TRIPLE", id: triple, label: "Alien –starring→ Harrison Ford", action: "CHANGED" },
        fields: [{ name: "head", before: '"Alien (1979)"', after: '"Alien"' }],
      },
      {
        ...{ subject: "ENTITY", id: expect.any(String), label: "Alien (1979)", action: "CHANGED" },
        fields: [{ name: "mergedInto", before: null, after: '"Alien"' }],
      },
      {
        ...{ subject: "ENTITY", id: globalId("Entity", alien), label: "Alien", action: "CHANGED" },
        fields: [
          {
            name: "aliases",
            before: `["Alien: The Director's Cut"]`,
            after: `["Alien: The Director's Cut","Alien (1979)","Alien: 40th"]`,
          },
          { name: "attributes", before: "{}", after: '{"year":1979}' },
        ],
      },
    ]);
    expect(changed.diff).toMatchObject([
      {
        fields: [
          { name: "confidence", before: "1", after: "0.5" },
          { name: "rank", before: '"NORMAL"', after: '"PREFERRED"' },
        ],
      },
    ]);
    expect(created.diff[0].fields).toEqual([
      { name: "key", before: null, after: '"movie:alien-1979"' },
      { name: "type", before: null, after: '"movie"' },
      { name: "name", before: null, after: '"Alien (1979)"' },
      { name: "aliases", before: null, after: '["Alien: 40th"]' },
      { name: "attributes", before: null, after: '{"year":1979}' },
      { name: "isItem", before: null, after: "true" },
    ]);
  });

  it("goes on behind a cursor, page by page, through all that an import wrote", async () => {
    const id = globalId("Change", "1");
    const PAGE = `query ($id: ID!, $after: String) { node(id: $id) { ... on Change { diff(first: 20, after: $after) {
      label cursor } } } }`;
    const labels: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 3; pages++) {
      const { data }: { data: { node: { diff: { label: string; cursor: string }[] } } } = await gateway.ask(
        PAGE,
        {
          id,
          after,
        },
      );
      labels.push(...data.node.diff.map(({ label }) => label));
      after = data.node.diff.at(-1)?.cursor ?? after;
    }
    expect(labels).toHaveLength(38); // 20, then 18, then none
    expect(new Set(labels).size).toBe(38);
    expect(labels).toContain("Aliens –directed by→ James Cameron");
    const bad = await gateway.ask(PAGE.replace("20", "101"), { id });
    expect(bad.errors).toMatchObject([
      { code: "BAD_USER_INPUT", message: "first is 101; expected an integer from 0 to 100" },
    ]);
  });

  it("takes one more statement for each kind of field, whatever the number of changes", async () => {
    const ask = async (first: number, fields: string) => {
      const { answer, statements } = await gateway.count(
        `{ changes(first: ${first}) { nodes { ${fields} } } }`,
      );
      expect(answer.errors).toEqual([]);
      return statements;
    };
    for (const first of [1, 6]) {
      expect(await ask(first, "revision")).toBe(1);
      expect(await ask(first, "sentence diffCount")).toBe(3); // rows, names
      expect(await ask(first, "diff { label fields { name } }")).toBe(3);
      expect(await ask(first, "hash previousHash")).toBe(2);
      expect(await ask(first, "hash previousHash sentence diff { label }")).toBe(6);
    }
  });

  it("chains their hashes", async () => {
    const { data } = await gateway.ask("{ changes(first: 20) { nodes { revision hash previousHash } } }");
    const { nodes } = data.changes;
    expect(nodes.at(-1)).toMatchObject({ revision: "1", previousHash: "00".repeat(32) });
    for (let i = 1; i < nodes.length; i++) expect(nodes[i - 1].previousHash).toBe(nodes[i].hash);
    expect(new Set(nodes.map(({ hash }: { hash: string }) => hash)).size).toBe(nodes.length);
    expect(nodes[0].hash).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("the history of a triple and of a relation", () => {
  it("lists their changes, newest first, one statement for all", async () => {
    const relation = 'relation(key: "starring") { changes(first: 5) { nodes { kind } } }';
    const before = await gateway.ask(`{ ${relation} }`);
    expect(before.data.relation.changes.nodes).toEqual([{ kind: "import" }]);
    await edit("defineRelation", "DefineRelationInput", { key: "starring", inverseLabel: "plays in" });
    const { answer, statements } = await gateway.count(`{ ${relation}
      triples(filter: { relation: "starring" }, first: 10) { nodes { head { name } changes(first: 5) { nodes { kind } } } } }`);
    expect(answer.data.relation.changes.nodes).toEqual([{ kind: "define_relation" }, { kind: "import" }]);
    const histories = answer.data.triples.nodes.map(
      ({ head, changes }: { head: { name: string }; changes: { nodes: { kind: string }[] } }) =>
        [head.name, changes.nodes.map(({ kind }) => kind).join(" ")] as const,
    );
    expect(histories).toContainEqual(["Alien", "merge_entities update_triple add_triple"]);
    expect(histories).toContainEqual(["The Terminator", "import"]);
    expect(histories).toHaveLength(5);
    expect(statements).toBe(5); // the relation, its changes, the triples, their heads, the changes of all of them
  });
});

describe("revertChange", () => {
  it("undoes a merge and tells how the two changes belong together", async () => {
    const { data } = await gateway.ask(
      '{ changes(filter: { kind: "merge_entities" }, first: 1) { nodes { id revision } } }',
    );
    const [merge] = data.changes.nodes;
    const KEYS = `{ entity(by: { key: "movie:alien-1979" }) { name triples { nodes { tail { name } } } } }`;
    expect((await gateway.ask(KEYS)).data.entity.name).toBe("Alien"); // the survivor
    const undone = await revert(merge.id);
    expect(undone.problems).toEqual([]);
    expect(undone).toMatchObject({
      change: { kind: "revert_change", reverts: { revision: merge.revision } },
      reverted: { revision: merge.revision, revertedBy: { revision: undone.change.revision } },
      graphRevision: undone.change.revision,
    });
    expect((await gateway.ask(KEYS)).data.entity).toEqual({
      name: "Alien (1979)",
      triples: { nodes: [{ tail: { name: "Harrison Ford" } }] },
    });
    const told = await gateway.ask("{ changes(first: 1) { nodes { sentence } } }");
    expect(told.data.changes.nodes[0].sentence).toBe(
      `test curator reverted change ${merge.revision} (merge_entities by test curator): changed 2 entities and ` +
        "head of Alien –starring→ Harrison Ford",
    );
  });

  it("names the later edit that stands in the way, and does nothing", async () => {
    const first = await edit("updateEntity", "UpdateEntityInput", {
      by: { key: "movie:gladiator" },
      name: "Gladiator I",
    });
    const second = await edit("updateEntity", "UpdateEntityInput", {
      by: { key: "movie:gladiator" },
      description: "Rome",
    });
    const refused = await revert(first.change.id);
    expect(refused).toMatchObject({
      ...{ change: null, reverted: null, graphRevision: second.change.revision },
      problems: [{ __typename: "InputProblem", code: "CHANGE_CONFLICT", path: ["id"] }],
    });
    expect(refused.problems[0].message).toBe(
      `entity Gladiator I is not as change ${first.change.revision} left it: it was edited in change ` +
        `${second.change.revision} (update_entity by test curator); revert that one first`,
    );
  });

  it("checks all and writes nothing in a dry run, and gives one answer under an idempotency key", async () => {
    const made = await edit("createEntity", "CreateEntityInput", { key: "x", type: "x", name: "X" });
    const dry = await revert(made.change.id, { dryRun: true });
    expect(dry).toMatchObject({ change: null, reverted: { revision: made.change.revision }, problems: [] });
    expect(dry.graphRevision).toBe(made.change.revision);
    const once = await revert(made.change.id, { idempotencyKey: "undo" });
    expect(once.change).not.toBeNull();
    expect(await revert(made.change.id, { idempotencyKey: "undo" })).toEqual(once);
  });

  it("refuses an unknown change, another type of id, and who may not", async () => {
    expect((await revert(globalId("Change", "9999"))).problems).toMatchObject([
      { code: "UNKNOWN_CHANGE", path: ["id"] },
    ]);
    const input = { id: globalId("Entity", "1") };
    expect((await gateway.ask(REVERT, { input }, "CURATOR")).errors).toMatchObject([
      { code: "BAD_USER_INPUT" },
    ]);
    expect((await gateway.ask(REVERT, { input }, "VIEWER")).errors).toMatchObject([{ code: "FORBIDDEN" }]);
    expect((await gateway.ask(REVERT, { input })).errors).toMatchObject([{ code: "UNAUTHENTICATED" }]);
  });
});
