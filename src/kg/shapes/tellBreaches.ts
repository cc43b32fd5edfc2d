import { findEntitiesByIds } from "../queries/findEntitiesByIds.ts";
import { findRelationsByIds } from "../queries/findRelationsByIds.ts";
import type { Finding, Queryable, Relation } from "../types.ts";
import type { Breach, RelationRule } from "./relationRules.ts";

/** A finding that has no place in a report yet. */
export type Found = Omit<Finding, "id">;

const list = (types: readonly string[] | null) => (types ?? []).join(", ");
const WORDS: Readonly<Record<RelationRule, (relation: Relation, count: number, type: string) => string>> = {
  DOMAIN_VIOLATION: ({ domain }, _, type) =>
    `is a ${type} and the head of a triple; expected one of ${list(domain)}`,
  RANGE_VIOLATION: ({ range }, _, type) =>
    `is a ${type} and the tail of a triple; expected one of ${list(range)}`,
  CARDINALITY_VIOLATION: ({ maxPerHead }, count) => `has ${count} triples; expected at most ${maxPerHead}`,
  DUPLICATE_VIOLATION: () => "has a triple in both directions, which say the same; expected one of them",
};

/** Puts a page of broken rules of relations into words: two statements. */
export async function tellBreaches(db: Queryable, breaches: readonly Breach[]): Promise<Found[]> {
  const relations = await findRelationsByIds(db, [...new Set(breaches.map(({ relationId }) => relationId))]);
  const entities = await findEntitiesByIds(db, [...new Set(breaches.map(({ entityId }) => entityId))]);
  return breaches.map(({ code, relationId, entityId, tripleId, count }) => {
    const { key, type } = entities.get(entityId)!;
    const relation = relations.get(relationId)!;
    const words = WORDS[code](relation, count, type);
    const message = `${JSON.stringify(key)} ${words} (relation ${JSON.stringify(relation.key)})`;
    return { severity: "ERROR", code, shape: null, entity: key, tripleId, message };
  });
}
