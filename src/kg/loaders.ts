import type DataLoader from "dataloader";
import type { Loaders } from "../context.ts";
import { createChangeLoaders } from "./changes/createChangeLoaders.ts";
import { makeFamily, makeLoader } from "./makeLoader.ts";
import { findModelsByIds } from "./models/findModels.ts";
import { countDegrees } from "./queries/countDegrees.ts";
import { countTriplesOfRelations } from "./queries/countTriplesOfRelations.ts";
import { findMergedKeys } from "./queries/findMergedKeys.ts";
import { findRelationsByKeys } from "./queries/findRelationsByKeys.ts";
import { isBigint, isInteger } from "./queries/values.ts";
import { createReads } from "./reads/createReads.ts";
import type { Reads } from "./reads/types.ts";
import type {
  EntityId,
  Page,
  Queryable,
  Relation,
  RelationId,
  Triple,
  TripleId,
  TriplesOfArguments,
} from "./types.ts";

const EMPTY: Page<never> = { edges: [], hasNextPage: false, hasPreviousPage: false };

/**
 * Creates the loaders of one request, each made when it is first asked for: a batch is one SQL statement, whatever
 * its size. `reads` may share statements with other requests; what was loaded stays with this one.
 */
export function createLoaders(db: Queryable, reads: Reads = createReads(db)): Loaders {
  return new LazyLoaders(db, reads);
}

interface Clearable {
  clear(): unknown;
}

/**
 * Loaders that are made when they are asked for, as may be what a subclass adds with `once`. The state is in few plain
 * properties, because Apollo copies the context of each request.
 */
export class LazyLoaders implements Loaders {
  private readonly made = new Map<string, unknown>();
  private readonly cleared: Clearable[] = [];

  constructor(
    protected readonly db: Queryable,
    protected readonly reads: Reads,
  ) {}

  get entities() {
    return this.single("entities", () => makeLoader(this.reads.entities, isBigint, null));
  }
  get entitiesByKey() {
    return this.single("entitiesByKey", () => makeLoader(this.reads.entitiesByKey, isAny, null));
  }
  get relations() {
    return this.single("relations", () => makeLoader(this.reads.relations, isInteger, null));
  }
  get relationsByKey() {
    return this.single("relationsByKey", () =>
      makeLoader<string, Relation | null>((keys) => findRelationsByKeys(this.db, keys), isAny, null),
    );
  }
  get triples() {
    return this.single("triples", () =>
      makeLoader<TripleId, Triple | null>(this.reads.triples, isBigint, null),
    );
  }
  get mergedKeys() {
    return this.single("mergedKeys", () =>
      makeLoader<EntityId, readonly string[]>((ids) => findMergedKeys(this.db, ids), isBigint, []),
    );
  }
  get modelRecords() {
    return this.single("modelRecords", () =>
      makeLoader((ids: readonly string[]) => findModelsByIds(this.db, ids), isBigint, null),
    );
  }
  get tripleCounts() {
    return this.single("tripleCounts", () =>
      makeLoader<RelationId, number>((ids) => countTriplesOfRelations(this.db, ids), isInteger, 0),
    );
  }
  get triplesOf(): Loaders["triplesOf"] {
    return this.once("triplesOf", () => {
      const family = this.family((page: TriplesOfArguments) =>
        makeLoader<EntityId, Page<Triple>>(this.reads.triplesOf(page), isBigint, EMPTY),
      );
      return (page) => family.of(inOrder(page));
    });
  }
  get degrees(): Loaders["degrees"] {
    return this.once("degrees", () => {
      const family = this.family((of: Parameters<typeof countDegrees>[2]) =>
        makeLoader<EntityId, number>((ids) => countDegrees(this.db, ids, of), isBigint, 0),
      );
      return (direction, relation) => family.of({ direction, relation });
    });
  }
  get changes() {
    return this.ofChanges.changes;
  }
  get changeLinks() {
    return this.ofChanges.changeLinks;
  }
  get changeSummaries() {
    return this.ofChanges.changeSummaries;
  }
  get changesOf() {
    return this.ofChanges.changesOf;
  }
  get changesOfRelation() {
    return this.ofChanges.changesOfRelation;
  }
  get changesOfTriple() {
    return this.ofChanges.changesOfTriple;
  }
  get diffsOf() {
    return this.ofChanges.diffsOf;
  }
  get clear() {
    return () => {
      for (const one of this.cleared) one.clear();
    };
  }

  private get ofChanges() {
    return this.once("ofChanges", () => {
      const loaders = createChangeLoaders(this.db);
      this.cleared.push(loaders);
      return loaders;
    });
  }

  protected once<T>(name: string, make: () => T): T {
    const known = this.made.get(name);
    if (known !== undefined) return known as T;
    const made = make();
    this.made.set(name, made);
    return made;
  }

  private single<K, V>(name: string, make: () => DataLoader<K, V>): DataLoader<K, V> {
    return this.once(name, () => {
      const loader = make();
      this.cleared.push({ clear: () => loader.clearAll() });
      return loader;
    });
  }

  private family<A, L>(make: (args: A) => L) {
    const family = makeFamily(make);
    this.cleared.push(family);
    return family;
  }
}

/** The same arguments with the same fields, so that equal ones share a loader. */
function inOrder({ direction, relations, first, after, last, before, select }: TriplesOfArguments) {
  return {
    direction,
    relations: relations == null ? null : [...new Set(relations)].sort(),
    ...{ first: first ?? null, after: after ?? null, last: last ?? null, before: before ?? null },
    select: select ?? null,
  };
}

const isAny = () => true;
