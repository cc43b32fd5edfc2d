import type { Triple } from "../types.ts";
import { type Columns, columnsSql } from "./lean.ts";

/** Where each field of a triple is, in a table or subquery named `t`. */
export const TRIPLE_FIELDS: Columns<Triple> = {
  id: "t.id",
  headId: "t.head_id",
  relationId: "t.relation_id",
  tailId: "t.tail_id",
  confidence: "t.confidence",
  rank: "t.rank",
  qualifiers: "t.qualifiers",
  sources: "t.sources",
  validFrom: "t.valid_from",
  validTo: "t.valid_to",
  revision: "t.revision",
};

/** The columns of a triple under their names in the domain. */
export const TRIPLE_COLUMNS = columnsSql(TRIPLE_FIELDS, Object.keys(TRIPLE_FIELDS) as (keyof Triple)[]);

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
