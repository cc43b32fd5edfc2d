import { WISHES } from "../feedback/feedbackSql.ts";
import type { EntityId, Queryable, Revision, Wish } from "../types.ts";
import { HISTORY, HISTORY_LIMIT } from "./findHistory.ts";
import { comparable } from "./values.ts";

// One row at least; what is the same in all rows stands in the first. Index feedback_user.
const SEEN = `
  select h.*, case when h.place is null or h.place = 1 then ${WISHES} end as wishes,
         pg_current_snapshot()::text as seen, (select revision from graph) as revision
    from (select 1) one
    left join (select *, row_number() over () as place from (${HISTORY}) h) h on true order by h.place`;

/** What a user did and wishes, and what Postgres saw when it was read: transactions, and the graph's revision. */
export interface SeenRows {
  readonly rows: readonly HistoryRow[];
  readonly wishes: readonly Wish[];
  /** Null where there is nothing. */
  readonly seen: { readonly snapshot: string; readonly revision: Revision } | null;
}

interface HistoryRow {
  readonly itemId: EntityId;
  readonly kind: string;
  readonly weight: number;
  readonly at: Date | null;
}

type Row = HistoryRow & {
  readonly place: string | null;
  readonly wishes: readonly Wish[] | null;
  readonly seen: string;
  readonly revision: Revision;
};

/**
 * Finds what a user did, as `findHistory` does, what the user wishes, and what was seen: one statement, so all are of
 * one moment.
 */
export async function findSeenHistory(db: Queryable, user: string): Promise<SeenRows> {
  const found = await db.query<Row>(SEEN, [comparable(user), HISTORY_LIMIT]);
  const [{ seen: snapshot, revision, wishes, place }] = found;
  if (place === null && wishes === null) return { rows: [], wishes: [], seen: null };
  const rows =
    place === null ? [] : found.map(({ itemId, kind, weight, at }) => ({ itemId, kind, weight, at }));
  return { rows, wishes: wishes ?? [], seen: { snapshot, revision } };
}
