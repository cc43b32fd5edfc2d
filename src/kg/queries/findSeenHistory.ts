import type { EntityId, Queryable, Revision } from "../types.ts";
import { HISTORY, HISTORY_LIMIT } from "./findHistory.ts";
import { comparable } from "./values.ts";

const SEEN = `
  select h.*, pg_current_snapshot()::text as seen, (select revision from graph) as revision from (${HISTORY}) h`;

/** What a user did, and what Postgres saw when it was read: transactions, and the graph's revision. */
export interface SeenRows {
  readonly rows: readonly {
    readonly itemId: EntityId;
    readonly kind: string;
    readonly weight: number;
    readonly at: Date | null;
  }[];
  /** Null where there is nothing. */
  readonly seen: { readonly snapshot: string; readonly revision: Revision } | null;
}

/** Finds what a user did, as `findHistory` does, and what was seen: one statement, so both are of one moment. */
export async function findSeenHistory(db: Queryable, user: string): Promise<SeenRows> {
  const found = await db.query<SeenRows["rows"][number] & { seen: string; revision: Revision }>(SEEN, [
    comparable(user),
    HISTORY_LIMIT,
  ]);
  if (found.length === 0) return { rows: [], seen: null };
  const [{ seen: snapshot, revision }] = found;
  return { rows: found.map(({ seen: _, revision: __, ...row }) => row), seen: { snapshot, revision } };
}
