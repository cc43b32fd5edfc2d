import type { Loaders } from "../context.ts";
import type { ChangeRow, Entity, JSONObject, Relation, Triple } from "../kg/types.ts";

/**
 * Puts what an edit that was rolled back would have made before the loaders, so that evidence can name it. What
 * exists is loaded as it is.
 */
export function primeImpact(
  rows: readonly ChangeRow[],
  { entities, relations, triples }: Pick<Loaders, "entities" | "relations" | "triples">,
): void {
  for (const { subject, subjectId, before, after } of rows) {
    if (after === null || isThere(before, after)) continue;
    if (subject === "entity") entities.prime(subjectId, entityOf(subjectId, after));
    if (subject === "relation") relations.prime(Number(subjectId), relationOf(after));
    if (subject === "triple") triples.prime(subjectId, tripleOf(subjectId, after));
  }
}

/** A merged entity that becomes one of its own again is not there yet: its id leads to the survivor. */
function isThere(before: JSONObject | null, after: JSONObject): boolean {
  return before !== null && !(before.merged_into != null && after.merged_into == null);
}

function entityOf(id: string, row: JSONObject): Entity {
  const { key, type, name, aliases, description, attributes, revision } = row as unknown as Entity;
  const mergedInto = row.merged_into == null ? null : String(row.merged_into);
  const isItem = row.is_item as boolean;
  return { id, key, type, name, aliases, description, attributes, isItem, mergedInto, revision };
}

function relationOf(row: JSONObject): Relation {
  const { id, key, label, domain, range, revision } = row as unknown as Relation;
  return {
    ...{ id, key, label, domain, range, revision },
    inverseLabel: row.inverse_label as string | null,
    maxPerHead: row.max_per_head as number | null,
    symmetric: row.is_symmetric as boolean,
  };
}

function tripleOf(id: string, row: JSONObject): Triple {
  const { confidence, rank, qualifiers, sources, revision } = row as unknown as Triple;
  const moment = (value: unknown) => (value == null ? null : new Date(value as string));
  return {
    ...{ id, confidence, rank, qualifiers, sources, revision },
    headId: String(row.head_id),
    relationId: row.relation_id as number,
    tailId: String(row.tail_id),
    validFrom: moment(row.valid_from),
    validTo: moment(row.valid_to),
  };
}
