import { DomainError } from "../errors.ts";
import type { Edges, Entity, Graph, RelatedTo } from "../kg/types.ts";
import type { ItemFilter } from "./types.ts";

/** Entity keys that a filter names, to be found in one statement. */
export function listFilterKeys(filter: ItemFilter | null | undefined): string[] {
  if (!filter) return [];
  return [...(filter.has ?? []), ...(filter.hasNot ?? [])]
    .map(({ entity }) => entity)
    .concat(filter.exclude ?? []);
}

/**
 * Makes the test that an item must pass: one of `types`, a triple for each of `has` (with at least
 * `minConfidence`), none of `hasNot`, not in `exclude`. Direction does not matter: "has_genre" Horror and
 * "directed" Alien both read naturally. Unknown keys to exclude are ignored, others are the caller's mistake.
 * @throws {DomainError} BAD_USER_INPUT
 */
export function makeFilter(
  graph: Graph,
  filter: ItemFilter | null | undefined,
  entities: ReadonlyMap<string, Entity>,
): (item: number) => boolean {
  if (!filter) return () => true;
  const minConfidence = filter.minConfidence ?? 0;
  if (!(minConfidence >= 0 && minConfidence <= 1)) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `minConfidence is ${minConfidence}; expected a number from 0 to 1`,
    );
  }
  const types = filter.types ? new Set(filter.types.map((type) => graph.types.indexOf(type))) : null;
  const has = (filter.has ?? []).map((one) => findItems(graph, one, entities, minConfidence));
  const hasNot = (filter.hasNot ?? []).map((one) => findItems(graph, one, entities, 0));
  const excluded = new Set<number>();
  for (const key of filter.exclude ?? []) {
    const entity = entities.get(key);
    if (entity) excluded.add(graph.indexOf(entity.id));
  }
  return (item) =>
    (types === null || types.has(graph.typeOf(item))) &&
    !excluded.has(item) &&
    has.every((items) => items.has(item)) &&
    !hasNot.some((items) => items.has(item));
}

/** Everything that the relation links to the entity. Cost: the entity's triples. */
function findItems(
  graph: Graph,
  { relation, entity }: RelatedTo,
  entities: ReadonlyMap<string, Entity>,
  minConfidence: number,
): Set<number> {
  const found = entities.get(entity);
  if (!found)
    throw new DomainError("BAD_USER_INPUT", `filter names the entity "${entity}"; expected a known key`);
  const relationIndex = graph.relations.findIndex(({ key }) => key === relation);
  if (relationIndex < 0) {
    throw new DomainError("BAD_USER_INPUT", `filter names the relation "${relation}"; expected a known key`);
  }
  const items = new Set<number>();
  const add = (edges: Edges) => {
    for (let edge = edges.start; edge < edges.end; edge++) {
      if (edges.relation[edge] === relationIndex && edges.confidence[edge] >= minConfidence) {
        items.add(edges.neighbour[edge]);
      }
    }
  };
  const index = graph.indexOf(found.id);
  if (index >= 0) {
    add(graph.in(index));
    add(graph.out(index));
  }
  return items;
}
