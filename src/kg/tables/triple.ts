import type { Triple } from "../types.ts";

/** The columns of a triple, of a table or subquery named `t`, under their names in the domain. */
export const TRIPLE_COLUMNS = `t.id, t.head_id as "headId", t.relation_id as "relationId", t.tail_id as "tailId",
  t.confidence, t.rank, t.qualifiers, t.sources, t.valid_from as "validFrom", t.valid_to as "validTo", t.revision`;

/** Copies a triple out of a row that may have more columns. */
export function readTriple(row: Triple): Triple {
  return {
    id: row.id,
    headId: row.headId,
    relationId: row.relationId,
    tailId: row.tailId,
    confidence: row.confidence,
    rank: row.rank,
    qualifiers: row.qualifiers,
    sources: row.sources,
    validFrom: row.validFrom,
    validTo: row.validTo,
    revision: row.revision,
  };
}
