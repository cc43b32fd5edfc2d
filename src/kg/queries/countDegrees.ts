import type { Direction, EntityId, Queryable } from "../types.ts";
import { comparable } from "./values.ts";

const KEPT = "select entity_id as id, degree from entity_degree where entity_id = any($1::bigint[])";

/**
 * Counts the live triples that touch each of `ids`, of one relation (a key) or of all; an entity without any
 * may be absent. Both directions of all relations are read from the count that triggers keep; the others are
 * counted in the indexes triple_head and triple_tail. A triple from an entity to itself counts once.
 */
export async function countDegrees(
  db: Queryable,
  ids: readonly EntityId[],
  { direction, relation }: { readonly direction: Direction; readonly relation: string | null },
): Promise<Map<EntityId, number>> {
  type Row = { id: EntityId; degree: number };
  const rows =
    direction === "BOTH" && relation === null
      ? await db.query<Row>(KEPT, [ids])
      : await db.query<Row>(
          countSql(direction, relation !== null),
          relation === null ? [ids] : [ids, comparable(relation)],
        );
  return new Map(rows.map((row) => [row.id, row.degree]));
}

function countSql(direction: Direction, ofRelation: boolean): string {
  const live = `rank <> 'DEPRECATED'${ofRelation ? " and relation_id = (select id from relation where key = $2)" : ""}`;
  const out = `select head_id as id from triple where head_id = any($1::bigint[]) and ${live}`;
  const into = `select tail_id as id from triple where tail_id = any($1::bigint[]) and ${live}`;
  const ends = {
    OUT: out,
    IN: into,
    BOTH: `${out} union all ${into} and head_id <> tail_id`,
  }[direction];
  return `select id, count(*)::integer as degree from (${ends}) ends group by id`;
}
