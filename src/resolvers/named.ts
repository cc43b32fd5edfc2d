import type { Context } from "../context.ts";
import type { Entity, EntityId, Relation, RelationId } from "../kg/types.ts";

/** What names are found with: at once where they are at hand, else by the loaders, together with what others ask for. */
export type Naming = Pick<Context, "atHand" | "entities" | "relations">;

/** Gives an entity; null where there is none. */
export function entityNamed(
  id: EntityId,
  { atHand, entities }: Naming,
): Entity | null | Promise<Entity | null> {
  return atHand?.entity({ id }) ?? entities.load(id);
}

/** Gives a relation; null where there is none. */
export function relationNamed(
  id: RelationId,
  { atHand, relations }: Naming,
): Relation | null | Promise<Relation | null> {
  return atHand?.relation(id) ?? relations.load(id);
}
