import type { DampedReason } from "./types.ts";

/**
 * What a user wants less of: factors on the mass of paths, 0..1, 1 where nothing was said. They are part of the mass,
 * so that the score stays the sum of its paths, each with what is left of it.
 */
export interface Damping {
  /** Of a path that starts from this entity, passes it, or meets the history there. */
  entity(index: number): number;
  /** Of a triple of this relation that meets the history at this entity. */
  over(relation: number, entity: number): number;
}

/** Joins wishes: where several speak of one path, each takes its part. Null where there are none. */
export function makeDamping(reasons: readonly DampedReason[]): Damping | null {
  if (reasons.length === 0) return null;
  const entities = new Map<number, number>();
  const relations = new Map<number, number>();
  const both = new Map<string, number>();
  const add = <Key>(to: Map<Key, number>, key: Key, factor: number) =>
    to.set(key, (to.get(key) ?? 1) * factor);
  for (const { entity, relation, factor } of reasons) {
    if (relation < 0) add(entities, entity, factor);
    else if (entity < 0) add(relations, relation, factor);
    else add(both, `${relation} ${entity}`, factor);
  }
  return {
    entity: (index) => entities.get(index) ?? 1,
    over: (relation, entity) =>
      (relations.get(relation) ?? 1) * (both.size > 0 ? (both.get(`${relation} ${entity}`) ?? 1) : 1),
  };
}
