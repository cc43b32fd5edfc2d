import { survivorsOf } from "../../queries/survivors.ts";
import type { EntityId, Queryable } from "../../types.ts";

// Both ends are followed to what they were merged into; a pair that was merged after all is none.
const PAIRS = `
  with recursive ${survivorsOf(`
    select e.id as asked, e.id, e.merged_into from entity e
     where e.id in (select low_id from distinct_pair union all select high_id from distinct_pair)`)}
  select least(low.id, high.id)::text as low, greatest(low.id, high.id)::text as high
    from distinct_pair d join survivor low on low.asked = d.low_id join survivor high on high.asked = d.high_id
   where low.id <> high.id`;

/** Names a pair of entities, whichever comes first. */
export function pairName(a: EntityId, b: EntityId): string {
  return Number(a) < Number(b) ? `${a} ${b}` : `${b} ${a}`;
}

/** Finds the pairs that a curator called distinct, as `pairName` spells them. */
export async function findDistinctPairs(db: Queryable): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ low: EntityId; high: EntityId }>(PAIRS);
  return new Set(rows.map(({ low, high }) => pairName(low, high)));
}
