import { DomainError } from "../errors.ts";
import type { Edges, Entity, EntityId, Graph, RelatedTo } from "../kg/types.ts";
import { makeAttributeTest } from "./attributeTest.ts";
import type { ItemFilter } from "./filterTypes.ts";

/** Tells whether an item, by its index, may be in a list. */
export type ItemTest = (item: number) => boolean;

/** What filters name, found: all that is needed to test items without a further statement. */
export interface FoundNames {
  readonly entities: ReadonlyMap<string, Entity>;
  /** Values by attribute and item. */
  readonly attributes: ReadonlyMap<string, ReadonlyMap<EntityId, unknown>>;
}

/**
 * Makes the test that an item must pass: one of `types`, one of `keys`, a triple for each of `has` (with at least
 * `minConfidence`), none of `hasNot`, not in `exclude`, the attributes as asked; each of `and`, one of `or`, and what
 * `not` does not let pass. Direction does not matter: "has_genre" Horror and "directed" Alien both read naturally.
 * Unknown keys of items are ignored, others are the caller's mistake. Asked per candidate, it only looks up.
 * @throws {DomainError} BAD_USER_INPUT
 */
export function makeFilter(graph: Graph, filter: ItemFilter | null | undefined, names: FoundNames): ItemTest {
  if (!filter) return () => true;
  const tests = listTests(graph, filter, names);
  if (tests.length === 1) return tests[0];
  return (item) => tests.every((test) => test(item));
}

function listTests(graph: Graph, filter: ItemFilter, names: FoundNames): ItemTest[] {
  const minConfidence = filter.minConfidence ?? 0;
  if (!(minConfidence >= 0 && minConfidence <= 1)) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `minConfidence is ${minConfidence}; expected a number from 0 to 1`,
    );
  }
  const tests: ItemTest[] = [];
  if (filter.types) {
    const types = new Set(filter.types.map((type) => graph.types.indexOf(type)));
    tests.push((item) => types.has(graph.typeOf(item)));
  }
  if (filter.exclude) {
    const excluded = listIndices(graph, filter.exclude, names);
    tests.push((item) => !excluded.has(item));
  }
  if (filter.keys) {
    const included = listIndices(graph, filter.keys, names);
    tests.push((item) => included.has(item));
  }
  for (const related of filter.has ?? []) {
    const items = findRelated(graph, related, { names, minConfidence });
    tests.push((item) => items.has(item));
  }
  for (const related of filter.hasNot ?? []) {
    const items = findRelated(graph, related, { names, minConfidence: 0 });
    tests.push((item) => !items.has(item));
  }
  for (const attribute of filter.attributes ?? []) {
    const test = makeAttributeTest(attribute);
    const column = names.attributes.get(attribute.name);
    tests.push((item) => test(column?.get(graph.idOf(item))));
  }
  for (const part of filter.and ?? []) tests.push(makeFilter(graph, part, names));
  if (filter.or) {
    const parts = filter.or.map((part) => makeFilter(graph, part, names));
    tests.push((item) => parts.some((part) => part(item)));
  }
  if (filter.not) {
    const refused = makeFilter(graph, filter.not, names);
    tests.push((item) => !refused(item));
  }
  return tests;
}

function listIndices(graph: Graph, keys: readonly string[], { entities }: FoundNames): Set<number> {
  return new Set(
    keys.flatMap((key) => {
      const entity = entities.get(key);
      return entity ? [graph.indexOf(entity.id)] : [];
    }),
  );
}

/** Everything that the relation links to the entity. Cost: the entity's triples. */
function findRelated(
  graph: Graph,
  { relation, entity }: RelatedTo,
  { names, minConfidence }: { readonly names: FoundNames; readonly minConfidence: number },
): ReadonlySet<number> {
  const found = names.entities.get(entity);
  if (!found)
    throw new DomainError("BAD_USER_INPUT", `filter names the entity "${entity}"; expected a known key`);
  const relationIndex = graph.relations.findIndex(({ key }) => key === relation);
  if (relationIndex < 0) {
    throw new DomainError("BAD_USER_INPUT", `filter names the relation "${relation}"; expected a known key`);
  }
  const accepts = (edges: Edges, edge: number) =>
    edges.relation[edge] === relationIndex && edges.confidence[edge] >= minConfidence;
  return findNeighbours(graph, graph.indexOf(found.id), accepts);
}

/** The entities at the other end of an entity's triples, either way. */
export function findNeighbours(
  graph: Graph,
  index: number,
  accepts: (edges: Edges, edge: number) => boolean = () => true,
): Set<number> {
  const neighbours = new Set<number>();
  if (index < 0) return neighbours;
  for (const edges of [graph.in(index), graph.out(index)]) {
    for (let edge = edges.start; edge < edges.end; edge++) {
      if (accepts(edges, edge)) neighbours.add(edges.neighbour[edge]);
    }
  }
  return neighbours;
}
