import type { JSONObject, Relation } from "../types.ts";

/** Reads a relation from its row as the change log and `to_jsonb` write it. */
export function relationOf(row: JSONObject): Relation {
  return {
    id: row.id as number,
    key: row.key as string,
    label: row.label as string,
    inverseLabel: row.inverse_label as string | null,
    domain: row.domain as readonly string[] | null,
    range: row.range as readonly string[] | null,
    maxPerHead: row.max_per_head as number | null,
    symmetric: row.is_symmetric as boolean,
    revision: row.revision as number,
  };
}
