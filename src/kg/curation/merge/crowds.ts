import type { Entity, Problem, Queryable } from "../../types.ts";
import { problem, shown } from "../problem.ts";

// Indexes triple_head and triple_tail; a symmetric relation counts for both of its ends.
const CROWDED = `
  select r.key, r.max_per_head as most, count(*)::int as count
    from triple t join relation r on r.id = t.relation_id
   where (t.head_id = $1 or (r.is_symmetric and t.tail_id = $1)) and t.rank <> 'DEPRECATED'
   group by r.id having count(*) > r.max_per_head order by r.key`;

/** A relation of which an entity has more triples than it may. */
export interface Crowd {
  readonly key: string;
  readonly most: number;
  readonly count: number;
}

/** Finds the relations of which an entity has more triples than it may. */
export function findCrowds(tx: Queryable, { id }: Entity): Promise<Crowd[]> {
  return tx.query<Crowd>(CROWDED, [id]);
}

/** The problems of the crowds that a merge has brought about, or made larger. */
export function checkCrowds({ key }: Entity, before: readonly Crowd[], after: readonly Crowd[]): Problem[] {
  const known = new Map(before.map((crowd) => [crowd.key, crowd.count]));
  return after
    .filter((crowd) => crowd.count > (known.get(crowd.key) ?? 0))
    .map((crowd) => {
      const message =
        `${shown(key)} would have ${crowd.count} ${shown(crowd.key)}; expected at most ${crowd.most}: ` +
        "retract or deprecate the others first";
      return problem("CARDINALITY_VIOLATION", "from", message);
    });
}
