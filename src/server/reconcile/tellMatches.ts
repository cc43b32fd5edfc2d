import type { ReconcileCandidate, SuggestedEntity } from "../../reader/reconcile/types.ts";

/** An entity has one type, whose id is its name too. */
export function tellType(type: string): { readonly id: string; readonly name: string } {
  return { id: type, name: type };
}

/** Tells candidates as a reconciliation result. */
export function tellMatches(candidates: readonly ReconcileCandidate[]): object {
  return {
    result: candidates.map(({ entity, description, score, match, features }) => ({
      ...{ id: entity.key, name: entity.name, ...tellDescription({ ...entity, description }) },
      ...{ type: [tellType(entity.type)], score, match, features },
    })),
  };
}

/** Tells entities as a suggest response. `notable` holds ids only: OpenRefine joins them to one text. */
export function tellSuggestions(entities: readonly SuggestedEntity[]): object {
  return {
    result: entities.map((entity) => ({
      ...{ id: entity.key, name: entity.name, ...tellDescription(entity), notable: [entity.type] },
    })),
  };
}

/** Without a description the year tells namesakes apart. */
function tellDescription({ description, type, year }: Omit<SuggestedEntity, "key" | "name">): {
  description?: string;
} {
  if (description !== null) return { description };
  return year === null ? {} : { description: `${type}, ${year}` };
}
