import { findChange } from "./queries/findChange.ts";
import { findChanges } from "./queries/findChanges.ts";
import { findEntities } from "./queries/findEntities.ts";
import { findEntity } from "./queries/findEntity.ts";
import { findRelation } from "./queries/findRelation.ts";
import { findRelations } from "./queries/findRelations.ts";
import { findTriples } from "./queries/findTriples.ts";
import { findShapes } from "./shapes/findShapes.ts";
import type { Knowledge, Queryable } from "./types.ts";

/** Creates the reads of root fields on a database or an open transaction; each is one statement, a filter by entity keys one more. */
export function createKnowledge(db: Queryable): Knowledge {
  return {
    findEntity: (by) => findEntity(db, by),
    findEntities: (query, page) => findEntities(db, query, page),
    findRelation: (key) => findRelation(db, key),
    findRelations: (page) => findRelations(db, page),
    findShapes: (page) => findShapes(db, page),
    findTriples: (filter, page) => findTriples(db, filter, page),
    findChanges: (filter, page) => findChanges(db, filter, page),
    findChange: (revision) => findChange(db, revision),
  };
}
