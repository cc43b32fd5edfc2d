import { WISH_COLUMNS } from "../feedback/feedbackSql.ts";
import { comparable } from "../queries/values.ts";
import type { EntityId, Queryable, Wish } from "../types.ts";

// Index feedback_user.
const THEN = `
  select ${WISH_COLUMNS} from feedback f
   where user_key = $1 and pg_visible_in_snapshot(tx, $2::pg_snapshot)
     and (removed_tx is null or not pg_visible_in_snapshot(removed_tx, $2::pg_snapshot)) order by f.id`;

/** Finds what stood of a user's feedback when Postgres saw `seen`, a merged entity as the one that survived. */
export async function findPastFeedback(
  db: Queryable,
  user: string,
  then: { readonly seen: string; readonly survivorOf: (id: EntityId) => EntityId },
): Promise<readonly Wish[]> {
  const rows = await db.query<Wish>(THEN, [comparable(user), then.seen]);
  return rows.map(({ entity, ...wish }) => ({
    ...{ kind: wish.kind, entity: entity === null ? null : then.survivorOf(entity) },
    ...{ relation: wish.relation, factor: wish.factor },
  }));
}
