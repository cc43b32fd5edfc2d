import type { Queryable } from "../types.ts";

/** One time that a model began to serve. */
export interface ActivationRow {
  readonly id: string;
  readonly modelId: string;
  /** The activation that a return from this one leads to. */
  readonly beforeId: string | null;
}

// Both by primary key: the newest row, and the one that it names.
const NEWEST = `
  select a.id, a.model_id as "modelId", a.before_id as "beforeId",
         b.id as "olderId", b.model_id as "olderModelId", b.before_id as "olderBeforeId"
    from model_activation a left join model_activation b on b.id = a.before_id
   order by a.id desc limit 1`;

interface Row extends ActivationRow {
  readonly olderId: string | null;
  readonly olderModelId: string;
  readonly olderBeforeId: string | null;
}

/** Finds the activation that holds now, and the one before it; null where there is none. */
export async function findActivation(
  db: Queryable,
): Promise<{ readonly active: ActivationRow | null; readonly before: ActivationRow | null }> {
  const [row] = await db.query<Row>(NEWEST);
  if (!row) return { active: null, before: null };
  const { olderId, olderModelId, olderBeforeId, ...active } = row;
  const before = olderId === null ? null : { id: olderId, modelId: olderModelId, beforeId: olderBeforeId };
  return { active, before };
}
