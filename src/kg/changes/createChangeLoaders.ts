import type { Loaders } from "../../context.ts";
import { makeFamily, makeLoader } from "../makeLoader.ts";
import { findChangesByRevisions } from "../queries/findChangesByRevisions.ts";
import { findChangesOf, type HistorySubject } from "../queries/findChangesOf.ts";
import { isBigint, isInteger } from "../queries/values.ts";
import type {
  Change,
  ChangeDiff,
  ChangeLinks,
  ChangeSummary,
  DiffArguments,
  EntityId,
  Page,
  PageArguments,
  Queryable,
  RelationId,
  Revision,
  TripleId,
} from "../types.ts";
import { findDiffs } from "./diff/findDiffs.ts";
import { summariseChanges } from "./diff/summariseChanges.ts";
import { findChangeLinks } from "./findChangeLinks.ts";

type ChangeLoaders = Pick<
  Loaders,
  | "changes"
  | "changeLinks"
  | "changeSummaries"
  | "changesOf"
  | "changesOfRelation"
  | "changesOfTriple"
  | "diffsOf"
  | "clear"
>;

const EMPTY: Page<never> = { edges: [], hasNextPage: false, hasPreviousPage: false };

/** Creates the loaders of changes, of their histories and of what they did; a batch is one or two SQL statements. */
export function createChangeLoaders(db: Queryable): ChangeLoaders {
  const history = <K extends string | number>(subject: HistorySubject, isKey: (key: K) => boolean) =>
    makeFamily((page: PageArguments) =>
      makeLoader<K, Page<Change>>((ids) => findChangesOf(db, subject, { ids, page }), isKey, EMPTY),
    );
  const ofEntity = history<EntityId>("entity", isBigint);
  const ofRelation = history<RelationId>("relation", isInteger);
  const ofTriple = history<TripleId>("triple", isBigint);
  const diffs = makeFamily((page: DiffArguments) =>
    makeLoader<Revision, readonly ChangeDiff[]>((ids) => findDiffs(db, ids, page), isBigint, []),
  );
  const single = {
    changes: makeLoader<Revision, Change | null>((ids) => findChangesByRevisions(db, ids), isBigint, null),
    changeLinks: makeLoader<Revision, ChangeLinks | null>((ids) => findChangeLinks(db, ids), isBigint, null),
    changeSummaries: makeLoader<Revision, ChangeSummary | null>(
      (ids) => summariseChanges(db, ids),
      isBigint,
      null,
    ),
  };
  return {
    ...single,
    changesOf: (page) => ofEntity.of(inOrder(page)),
    changesOfRelation: (page) => ofRelation.of(inOrder(page)),
    changesOfTriple: (page) => ofTriple.of(inOrder(page)),
    diffsOf: ({ first, after }) => diffs.of({ first: first ?? null, after: after ?? null }),
    clear() {
      for (const loader of Object.values(single)) loader.clearAll();
      for (const family of [ofEntity, ofRelation, ofTriple, diffs]) family.clear();
    },
  };
}

/** The same arguments with the same fields, so that equal ones share a loader. */
function inOrder({ first, after, last, before }: PageArguments): PageArguments {
  return { first: first ?? null, after: after ?? null, last: last ?? null, before: before ?? null };
}
