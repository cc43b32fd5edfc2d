import type { Loaders } from "../context.ts";
import type { EntityId } from "../kg/types.ts";
import type { Evidence } from "../ranker/types.ts";
import type { Say } from "../sentence/language.ts";
import type { Names } from "../sentence/types.ts";

/** Loads the words for all that the evidence names, and for `items`: one statement per kind. */
export async function loadNames(
  evidence: readonly Evidence[],
  items: readonly EntityId[],
  { entities, relations, say }: Pick<Loaders, "entities" | "relations"> & { readonly say: Say },
): Promise<Names> {
  const steps = evidence.flatMap((piece) => piece.steps());
  const entityIds = [...new Set([...items, ...steps.flatMap(({ from, to }) => [from, to])])];
  const relationIds = [...new Set(steps.flatMap(({ relationId }) => relationId ?? []))];
  const [foundEntities, foundRelations] = await Promise.all([
    Promise.all(entityIds.map((id) => entities.load(id))),
    Promise.all(relationIds.map((id) => relations.load(id))),
  ]);
  const names = new Map(entityIds.map((id, position) => [id, foundEntities[position]?.name]));
  const words = new Map(relationIds.map((id, position) => [id, foundRelations[position]]));
  return {
    say,
    entity(id) {
      const name = names.get(id);
      return name === undefined ? say("removedEntity") : say("name", { name });
    },
    relation: (id) => words.get(id) ?? { label: say("removedRelation"), inverseLabel: null, symmetric: true },
  };
}
