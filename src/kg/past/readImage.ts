import { momentOf } from "../snapshot/momentOf.ts";
import { relationOf } from "../snapshot/relationOf.ts";
import type { AsOfRevision, Entity, JSONObject, Relation, Revision, Triple } from "../types.ts";

/** Reads an entity out of its row in the change log. */
export function readEntityImage(row: JSONObject, asOf: Revision): Entity & AsOfRevision {
  const { key, type, name, aliases, description, attributes, revision } = row as unknown as Entity;
  return {
    ...{ id: String(row.id), key, type, name, aliases, description, attributes, revision, asOf },
    isItem: row.is_item as boolean,
    mergedInto: row.merged_into == null ? null : String(row.merged_into),
  };
}

/** Reads a relation out of its row in the change log. */
export function readRelationImage(row: JSONObject, asOf: Revision): Relation & AsOfRevision {
  return { ...relationOf(row), asOf };
}

/** Reads a triple out of its row in the change log. */
export function readTripleImage(row: JSONObject, asOf: Revision): Triple & AsOfRevision {
  const { confidence, rank, qualifiers, sources, revision } = row as unknown as Triple;
  const date = (value: unknown) => (value == null ? null : new Date(momentOf(value as string)));
  return {
    ...{ id: String(row.id), confidence, rank, qualifiers, sources, revision, asOf },
    headId: String(row.head_id),
    relationId: row.relation_id as number,
    tailId: String(row.tail_id),
    validFrom: date(row.valid_from),
    validTo: date(row.valid_to),
  };
}
