import { HISTORY_LIMIT } from "../queries/findHistory.ts";
import { comparable } from "../queries/values.ts";
import type { EntityId, Queryable } from "../types.ts";

// Index interaction_history.
const VISIBLE = `
  select item_id::text as "itemId", kind, weight, at from interaction
   where user_key = $1 and pg_visible_in_snapshot(tx, $2::pg_snapshot) order by at desc nulls last, id desc`;

interface Row {
  readonly itemId: EntityId;
  readonly kind: string;
  readonly weight: number;
  readonly at: Date | null;
}

/**
 * Finds what a user had done when Postgres saw `seen`, as `findHistory` gave it then: newest first, one row per
 * item, a merged item as the one that survived.
 */
export async function findPastHistory(
  db: Queryable,
  user: string,
  then: { readonly seen: string; readonly survivorOf: (id: EntityId) => EntityId },
): Promise<Row[]> {
  const rows = await db.query<Row>(VISIBLE, [comparable(user), then.seen]);
  const newest = new Map<EntityId, Row>();
  for (const row of rows) {
    const itemId = then.survivorOf(row.itemId);
    if (!newest.has(itemId)) newest.set(itemId, { ...row, itemId });
  }
  return [...newest.values()].slice(0, HISTORY_LIMIT);
}
