/** The rules that a relation itself sets for its triples, by the problem of what breaks them. */
export type RelationRule =
  | "DOMAIN_VIOLATION"
  | "RANGE_VIOLATION"
  | "CARDINALITY_VIOLATION"
  | "DUPLICATE_VIOLATION";

/** What breaks a rule: a triple, or all triples of a relation around one entity. */
export interface Breach {
  readonly code: RelationRule;
  readonly relationId: number;
  /** The triple; the first one where there are several. */
  readonly tripleId: string;
  /** The end that does not suit. */
  readonly entityId: string;
  /** How many triples there are where one number of them is expected, or 1. */
  readonly count: number;
}

const COLUMNS = `r.id as "relationId", t.id as "tripleId"`;

// Deprecated triples are kept for the record, and break nothing. `where` may speak of r, a relation.
const SQL: Readonly<Record<RelationRule, (where: string) => string>> = {
  DOMAIN_VIOLATION: (where) => `
    select 'DOMAIN_VIOLATION' as code, ${COLUMNS}, h.id as "entityId", 1 as count
      from relation r join triple t on t.relation_id = r.id join entity h on h.id = t.head_id -- index triple_relation
     where h.type <> all(r.domain) and t.rank <> 'DEPRECATED' and ${where}`,
  RANGE_VIOLATION: (where) => `
    select 'RANGE_VIOLATION' as code, ${COLUMNS}, l.id as "entityId", 1 as count
      from relation r join triple t on t.relation_id = r.id join entity l on l.id = t.tail_id -- index triple_relation
     where l.type <> all(r.range) and t.rank <> 'DEPRECATED' and ${where}`,
  // A symmetric relation counts for both ends; a triple from an entity to itself counts once.
  CARDINALITY_VIOLATION: (where) => `
    select 'CARDINALITY_VIOLATION' as code, r.id as "relationId", min(t.id) as "tripleId",
           t.end_id as "entityId", count(*)::int as count
      from relation r join (
        select id, relation_id, head_id as end_id, true as is_head from triple where rank <> 'DEPRECATED'
        union all
        select id, relation_id, tail_id, false from triple where rank <> 'DEPRECATED' and tail_id <> head_id
      ) t on t.relation_id = r.id and (t.is_head or r.is_symmetric)
     where r.max_per_head is not null and ${where}
     group by r.id, t.end_id having count(*) > r.max_per_head`,
  // Of a symmetric relation the mirrored triple is the same statement. Index triple_head.
  DUPLICATE_VIOLATION: (where) => `
    select 'DUPLICATE_VIOLATION' as code, ${COLUMNS}, t.head_id as "entityId", 2 as count
      from relation r join triple t on t.relation_id = r.id
      join triple m on (m.head_id, m.relation_id, m.tail_id) = (t.tail_id, t.relation_id, t.head_id) and m.id > t.id
     where r.is_symmetric and t.rank <> 'DEPRECATED' and m.rank <> 'DEPRECATED' and ${where}`,
};

/** All rules of a relation. */
export const RELATION_RULES = Object.keys(SQL) as RelationRule[];

/** The SQL of all that breaks a rule: rows are a `Breach`; `where` narrows it to some relations, `r`. */
export function breachesSql(rule: RelationRule, where = "true"): string {
  return SQL[rule](where);
}
