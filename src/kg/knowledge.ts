import { countAttributions } from "./queries/countAttributions.ts";
import { findChange } from "./queries/findChange.ts";
import { findChanges } from "./queries/findChanges.ts";
import { findEntities } from "./queries/findEntities.ts";
import { findRelation } from "./queries/findRelation.ts";
import { findRelations } from "./queries/findRelations.ts";
import { findTriples } from "./queries/findTriples.ts";
import { isBigint } from "./queries/values.ts";
import { createReads } from "./reads/createReads.ts";
import { ofOneType } from "./reads/ofOneType.ts";
import type { Reads } from "./reads/types.ts";
import { findShapes } from "./shapes/findShapes.ts";
import type { Entity, EntityBy, Knowledge, NestedSelection, Queryable, WithTriples } from "./types.ts";

/**
 * Creates the reads of root fields on a database or an open transaction; each is one statement, a filter by entity
 * keys one more. `reads` may share statements with other requests.
 */
export function createKnowledge(db: Queryable, reads: Reads = createReads(db)): Knowledge {
  return {
    findEntity: (by, nested) => {
      if (nested) return findNested(reads, by, nested);
      return "id" in by ? findById(reads, by.id) : findByKey(reads, by.key);
    },
    findEntities: async (query, page) => {
      const simple = ofOneType(query, page);
      if (!simple) return findEntities(db, query, page);
      const { type, ...args } = simple;
      const { nested } = query;
      if (nested) return (await reads.nestedOfType({ first: args.first, nested })([type])).get(type)!;
      return (await reads.entitiesOfType(args)([type])).get(type)!;
    },
    findRelation: (key) => findRelation(db, key),
    findRelations: (page) => findRelations(db, page),
    countAttributions: (seconds) => countAttributions(db, seconds),
    findShapes: (page) => findShapes(db, page),
    findTriples: (filter, page) => findTriples(db, filter, page),
    findChanges: (filter, page) => findChanges(db, filter, page),
    findChange: (revision) => findChange(db, revision),
  };
}

async function findById({ entities }: Reads, id: string): Promise<Entity | null> {
  return isBigint(id) ? ((await entities([id])).get(id) ?? null) : null;
}

async function findByKey({ entitiesByKey }: Reads, key: string): Promise<Entity | null> {
  return (await entitiesByKey([key])).get(key) ?? null;
}

async function findNested(
  { nestedBy }: Reads,
  by: EntityBy,
  nested: NestedSelection,
): Promise<(Entity & WithTriples) | null> {
  if ("key" in by) return (await nestedBy("key", nested)([by.key])).get(by.key) ?? null;
  return isBigint(by.id) ? ((await nestedBy("id", nested)([by.id])).get(by.id) ?? null) : null;
}
