import type { Relation } from "../types.ts";

/** The columns of a relation, of a table or subquery named `r`, under their names in the domain. */
export const RELATION_COLUMNS = `r.id, r.key, r.label, r.inverse_label as "inverseLabel", r.domain, r.range,
  r.max_per_head as "maxPerHead", r.is_symmetric as symmetric, r.revision`;

/** Copies a relation out of a row that may have more columns. */
export function readRelation(row: Relation): Relation {
  return {
    id: row.id,
    key: row.key,
    label: row.label,
    inverseLabel: row.inverseLabel,
    domain: row.domain,
    range: row.range,
    maxPerHead: row.maxPerHead,
    symmetric: row.symmetric,
    revision: row.revision,
  };
}
