import type { Relation } from "../types.ts";
import { type Columns, columnsSql } from "./lean.ts";

/** Where each field of a relation is, in a table or subquery named `r`. */
export const RELATION_FIELDS: Columns<Relation> = {
  id: "r.id",
  key: "r.key",
  label: "r.label",
  inverseLabel: "r.inverse_label",
  domain: "r.domain",
  range: "r.range",
  maxPerHead: "r.max_per_head",
  symmetric: "r.is_symmetric",
  revision: "r.revision",
};

/** The columns of a relation under their names in the domain. */
export const RELATION_COLUMNS = columnsSql(
  RELATION_FIELDS,
  Object.keys(RELATION_FIELDS) as (keyof Relation)[],
);

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
