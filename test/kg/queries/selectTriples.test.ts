import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../src/kg/database.ts";
import { findEntitiesByIds } from "../../../src/kg/queries/findEntitiesByIds.ts";
import { findRelationsByIds } from "../../../src/kg/queries/findRelationsByIds.ts";
import { findTriplesOf } from "../../../src/kg/queries/findTriplesOf.ts";
import { ENTITY_FIELDS } from "../../../src/kg/tables/entity.ts";
import { RELATION_FIELDS } from "../../../src/kg/tables/relation.ts";
import { TRIPLE_FIELDS } from "../../../src/kg/tables/triple.ts";
import type { Entity, Relation, Triple, TripleEnds } from "../../../src/kg/types.ts";
import { createTestDatabase } from "../../support/database.ts";
import { type Films, insertFilms } from "../../support/films.ts";

let db: Database;
let films: Films;
beforeAll(async () => {
  db = await createTestDatabase();
  films = await insertFilms(db);
  await db.transaction(async (tx) => {
    await tx.query(`select open_change('test', 'curator')`);
    await tx.query(
      `update triple set qualifiers = '{"as": "Ripley", "n": 1.50}', valid_from = '1979-05-25', confidence = 0.9
        where id = $1`,
      [Object.values(films.triples)[0]],
    );
    await tx.query(
      `update entity set aliases = '{a,"b c"}', attributes = '{"x": [1, null]}' where key like 'person:%'`,
    );
  });
});

const all = <T extends object>(columns: T) => Object.keys(columns) as (keyof T)[];
const ids = () => Object.values(films.entities);

describe("selected triples", () => {
  it("hold with all fields what unselected ones hold, and ends as they are loaded", async () => {
    const select = {
      triple: all(TRIPLE_FIELDS),
      head: all(ENTITY_FIELDS),
      relation: all(RELATION_FIELDS),
      tail: all(ENTITY_FIELDS),
    };
    const [plain, selected, entities, relations] = [
      await findTriplesOf(db, ids(), { direction: "BOTH", first: 100 }),
      await findTriplesOf(db, ids(), { direction: "BOTH", first: 100, select }),
      await findEntitiesByIds(db, ids()),
      await findRelationsByIds(db, Object.values(films.relations)),
    ];
    for (const [id, page] of plain) {
      const other = selected.get(id)!;
      expect(other.edges.map(({ cursor }) => cursor)).toEqual(page.edges.map(({ cursor }) => cursor));
      for (const [i, { node }] of page.edges.entries()) {
        const { head, tail, relation, ...own } = other.edges[i].node as Triple & TripleEnds;
        expect(own).toEqual(node);
        expect(head).toEqual(entities.get(node.headId) as Entity);
        expect(tail).toEqual(entities.get(node.tailId) as Entity);
        expect(relation).toEqual(relations.get(node.relationId) as Relation);
      }
    }
  });

  it("refuse to give what was not selected", async () => {
    const select = { triple: ["rank"], head: ["name"], relation: null, tail: null } as const;
    const pages = await findTriplesOf(db, ids(), { direction: "OUT", first: 1, select });
    const [edge] = [...pages.values()].flatMap((page) => page.edges);
    const triple = edge.node as Triple & TripleEnds;
    expect([triple.rank, typeof triple.head!.name, triple.tail]).toEqual(["NORMAL", "string", undefined]);
    expect(() => triple.confidence).toThrow("confidence was not selected");
    expect(() => triple.head!.key).toThrow("key was not selected");
  });

  it("leave an end that was merged to whoever loads the one that survives", async () => {
    const { edges } = (await findTriplesOf(db, [films.entities["movie:alien"]], { direction: "OUT" }))
      .values()
      .next().value!;
    const { tailId } = edges[0].node;
    const rollback = new Error("undo");
    await expect(
      db.transaction(async (tx) => {
        await tx.query(`select open_change('test', 'curator')`);
        await tx.query("alter table triple disable trigger user");
        await tx.query("update entity set merged_into = $1 where id = $2", [
          films.entities["movie:titanic"],
          tailId,
        ]);
        const select = { triple: [], head: null, relation: null, tail: ["name"] } as const;
        const pages = await findTriplesOf(tx, [films.entities["movie:alien"]], { direction: "OUT", select });
        const found = pages
          .get(films.entities["movie:alien"])!
          .edges.map(({ node }) => node as Triple & TripleEnds);
        expect(found.find((triple) => triple.tailId === tailId)!.tail).toBeUndefined();
        throw rollback;
      }),
    ).rejects.toBe(rollback);
  });
});
