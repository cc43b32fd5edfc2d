/** The rules that a shape sets for triples around an entity. */
export type ShapeRule = "MIN" | "MAX" | "TYPE" | "INVERSE";

/** A shape of triples that the graph breaks. */
export interface TripleBreach {
  readonly rule: ShapeRule;
  readonly shapeId: number;
  readonly entityId: string;
  /** The first triple that shows it; null where one is missing. */
  readonly tripleId: string | null;
  /** Triples that are there, or 1. */
  readonly count: number;
}

/** Live triples from the view of an entity: a symmetric relation is seen from both of its ends in either direction. */
const SEEN = (entity: string) => `
      select t.id, case when t.head_id = ${entity} then t.tail_id else t.head_id end as other_id from triple t
       where t.relation_id = s.relation_id and t.rank <> 'DEPRECATED'
         and ((s.direction = 'OUT' or r.is_symmetric) and t.head_id = ${entity} /* triple_head */
           or (s.direction = 'IN' or r.is_symmetric) and t.tail_id = ${entity}) /* triple_tail */`;
const FOCUS = `
    from shape s join relation r on r.id = s.relation_id
    join entity e on e.merged_into is null and (s.type is null or e.type = s.type)`;

const SQL: Readonly<Record<ShapeRule, (where: string) => string>> = {
  MIN: (where) => `
    select 'MIN' as rule, s.id as "shapeId", e.id as "entityId", null::bigint as "tripleId", n.count ${FOCUS}
     cross join lateral (select count(*)::int as count from (${SEEN("e.id")}) seen) n
     where s.min_count is not null and n.count < s.min_count and ${where}`,
  MAX: (where) => `
    select 'MAX' as rule, s.id as "shapeId", e.id as "entityId", n.first as "tripleId", n.count ${FOCUS}
     cross join lateral (select count(*)::int as count, min(id) as first from (${SEEN("e.id")}) seen) n
     where s.max_count is not null and n.count > s.max_count and ${where}`,
  TYPE: (where) => `
    select 'TYPE' as rule, s.id as "shapeId", e.id as "entityId", seen.id as "tripleId", 1 as count ${FOCUS}
     cross join lateral (${SEEN("e.id")}) seen join entity o on o.id = seen.other_id
     where s.node_types is not null and o.type <> all(s.node_types) and ${where}`,
  INVERSE: (where) => `
    select 'INVERSE' as rule, s.id as "shapeId", e.id as "entityId", seen.id as "tripleId", 1 as count ${FOCUS}
     cross join lateral (${SEEN("e.id")}) seen
     where s.inverse_id is not null and ${where} and exists (
       select from triple t where t.relation_id = s.inverse_id and t.rank <> 'DEPRECATED' and
         (t.head_id, t.tail_id) = (case when s.direction = 'OUT' then seen.other_id else e.id end,
                                   case when s.direction = 'OUT' then e.id else seen.other_id end))`,
};

/** All rules of shapes for triples. */
export const SHAPE_RULES = Object.keys(SQL) as ShapeRule[];

/**
 * The SQL of all that breaks a rule: rows are a `TripleBreach`. `where` narrows it: s is the shape, e the entity, and
 * where one triple is looked at (TYPE, INVERSE) `seen` it.
 */
export function shapeBreachesSql(rule: ShapeRule, where = "true"): string {
  return SQL[rule](where);
}
