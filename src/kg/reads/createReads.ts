import { findEntitiesByIds } from "../queries/findEntitiesByIds.ts";
import { findEntitiesByKeys } from "../queries/findEntitiesByKeys.ts";
import { findEntitiesOfTypes } from "../queries/findEntitiesOfTypes.ts";
import { findNestedBy } from "../queries/findNestedBy.ts";
import { findNestedOfTypes } from "../queries/findNestedOfTypes.ts";
import { findRelationsByIds } from "../queries/findRelationsByIds.ts";
import { findTriplesByIds } from "../queries/findTriplesByIds.ts";
import { findTriplesOf } from "../queries/findTriplesOf.ts";
import type { Queryable } from "../types.ts";
import type { Reads } from "./types.ts";

/** Creates the reads on a database, or an open transaction: each call is one statement, or a few where entities were merged. */
export function createReads(db: Queryable): Reads {
  return {
    entities: (ids) => findEntitiesByIds(db, ids),
    entitiesByKey: (keys) => findEntitiesByKeys(db, keys),
    relations: (ids) => findRelationsByIds(db, ids),
    triples: (ids) => findTriplesByIds(db, ids),
    triplesOf: (page) => (ids) => findTriplesOf(db, ids, page),
    entitiesOfType: (page) => (types) => findEntitiesOfTypes(db, types, page),
    nestedOfType: (page) => (types) => findNestedOfTypes(db, types, page),
    nestedBy: (by, nested) => (names) => findNestedBy(db, names, { by, nested }),
  };
}
