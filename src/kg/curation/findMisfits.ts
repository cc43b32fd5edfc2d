import type { Entity, Problem, Queryable } from "../types.ts";
import { problem, shown } from "./problem.ts";

interface Misfit {
  readonly code: "DOMAIN_VIOLATION" | "RANGE_VIOLATION";
  readonly relation: string;
  readonly expected: readonly string[];
  readonly count: number;
}

// Triples that suited the type an end had and do not suit the one it has. Indexes triple_head and triple_tail.
const MISFITS = `
  with was as (select * from unnest($1::bigint[], $2::text[]) as was(id, type))
  select 'DOMAIN_VIOLATION' as code, r.key as relation, r.domain as expected, count(*)::int as count
    from was join triple t on t.head_id = was.id join relation r on r.id = t.relation_id
   where was.type = any(r.domain) and $3 <> all(r.domain) and t.rank <> 'DEPRECATED' group by r.id
  union all
  select 'RANGE_VIOLATION', r.key, r.range, count(*)::int
    from was join triple t on t.tail_id = was.id join relation r on r.id = t.relation_id
   where was.type = any(r.range) and $3 <> all(r.range) and t.rank <> 'DEPRECATED' group by r.id
  order by 2, 1`;

/**
 * The problems of entities whose triples do not suit the type of `after`, one per relation. What did not suit
 * before either is no problem of this edit.
 */
export async function findMisfits(
  db: Queryable,
  before: readonly Pick<Entity, "id" | "type">[],
  after: Pick<Entity, "key" | "type">,
): Promise<Problem[]> {
  const changed = before.filter(({ type }) => type !== after.type);
  if (changed.length === 0) return [];
  const misfits = await db.query<Misfit>(MISFITS, [
    changed.map(({ id }) => id),
    changed.map(({ type }) => type),
    after.type,
  ]);
  return misfits.map(({ code, relation, expected, count }) => {
    const [end, triples] = [
      code === "DOMAIN_VIOLATION" ? "head" : "tail",
      count === 1 ? "triple" : "triples",
    ];
    const message =
      `${shown(after.key)} would be a ${shown(after.type)} and is the ${end} of ${count} ${triples} of ` +
      `${shown(relation)}, which expects one of ${expected.join(", ")}: retract or deprecate them first`;
    return problem(code, "type", message);
  });
}
