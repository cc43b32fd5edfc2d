import type { Loaders } from "../context.ts";
import { createChangeLoaders } from "./changes/createChangeLoaders.ts";
import { makeFamily, makeLoader } from "./makeLoader.ts";
import { findModelsByIds } from "./models/findModels.ts";
import { countDegrees } from "./queries/countDegrees.ts";
import { countTriplesOfRelations } from "./queries/countTriplesOfRelations.ts";
import { findEntitiesByIds } from "./queries/findEntitiesByIds.ts";
import { findEntitiesByKeys } from "./queries/findEntitiesByKeys.ts";
import { findMergedKeys } from "./queries/findMergedKeys.ts";
import { findRelationsByIds } from "./queries/findRelationsByIds.ts";
import { findRelationsByKeys } from "./queries/findRelationsByKeys.ts";
import { findTriplesByIds } from "./queries/findTriplesByIds.ts";
import { findTriplesOf } from "./queries/findTriplesOf.ts";
import { isBigint, isInteger } from "./queries/values.ts";
import type {
  Entity,
  EntityId,
  ModelRecord,
  Page,
  Queryable,
  Relation,
  RelationId,
  Triple,
  TripleId,
  TriplesOfArguments,
} from "./types.ts";

const EMPTY: Page<never> = { edges: [], hasNextPage: false, hasPreviousPage: false };

/** Creates the loaders of one request: a batch is one SQL statement, whatever its size. */
export function createLoaders(db: Queryable): Loaders {
  const triplesOf = makeFamily((page: TriplesOfArguments) =>
    makeLoader<EntityId, Page<Triple>>((ids) => findTriplesOf(db, ids, page), isBigint, EMPTY),
  );
  const changes = createChangeLoaders(db);
  const degrees = makeFamily((of: Parameters<typeof countDegrees>[2]) =>
    makeLoader<EntityId, number>((ids) => countDegrees(db, ids, of), isBigint, 0),
  );
  const single = {
    entities: makeLoader<EntityId, Entity | null>((ids) => findEntitiesByIds(db, ids), isBigint, null),
    entitiesByKey: makeLoader<string, Entity | null>((keys) => findEntitiesByKeys(db, keys), isAny, null),
    relationsByKey: makeLoader<string, Relation | null>((keys) => findRelationsByKeys(db, keys), isAny, null),
    relations: makeLoader<RelationId, Relation | null>((ids) => findRelationsByIds(db, ids), isInteger, null),
    triples: makeLoader<TripleId, Triple | null>((ids) => findTriplesByIds(db, ids), isBigint, null),
    mergedKeys: makeLoader<EntityId, readonly string[]>((ids) => findMergedKeys(db, ids), isBigint, []),
    modelRecords: makeLoader<string, ModelRecord | null>((ids) => findModelsByIds(db, ids), isBigint, null),
    tripleCounts: makeLoader<RelationId, number>((ids) => countTriplesOfRelations(db, ids), isInteger, 0),
  };
  return {
    ...single,
    triplesOf: ({ direction, relations, first, after, last, before, select }) =>
      triplesOf.of({
        direction,
        relations: relations == null ? null : [...new Set(relations)].sort(),
        ...{ first: first ?? null, after: after ?? null, last: last ?? null, before: before ?? null },
        select: select ?? null,
      }),
    ...changes,
    degrees: (direction, relation) => degrees.of({ direction, relation }),
    clear() {
      for (const loader of Object.values(single)) loader.clearAll();
      for (const family of [triplesOf, degrees, changes]) family.clear();
    },
  };
}

const isAny = () => true;
