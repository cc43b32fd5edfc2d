import { findAttributeKeys } from "../../kg/queries/findAttributeKeys.ts";
import type { Edges, Graph } from "../../kg/types.ts";
import type { Matching } from "./matchQueries.ts";
import { listRelations, type Property } from "./properties.ts";

const SAMPLE = 1_000; // entities
const MOST_TYPES = 50;

/**
 * Finds the properties that entities of a type have, the most common first: relations by up to 1,000 of them, evenly
 * taken from all, attributes by the first 200. For "" the relations that any entity may have, by key, and the attributes
 * of the 50 most common types. One SQL statement.
 */
export async function sampleProperties(type: string, { db, graph, names }: Matching): Promise<Property[]> {
  const types = [...names.types].sort(([a, few], [b, many]) => many - few || (a < b ? -1 : 1));
  const asked = types.map(([name]) => name).filter((name) => type === "" || name === type);
  const keys = await findAttributeKeys(db, asked.slice(0, MOST_TYPES));
  const attributes = [...new Set(keys.map(({ key }) => key))].map((key) => ({
    kind: "ATTRIBUTE" as const,
    key,
  }));
  const relations = listRelations(graph);
  if (type === "") return [...relations, ...attributes];
  const counts = countRelations(type, names.types.get(type) ?? 0, graph);
  const counted = relations.map((relation) => {
    const { out, into } = counts;
    const [along, back] = relation.direction === "OUT" ? [out, into] : [into, out];
    const count =
      (along.get(relation.index) ?? 0) + (relation.relation.symmetric ? (back.get(relation.index) ?? 0) : 0);
    return { relation, count };
  });
  const had = counted.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  return [...had.map(({ relation }) => relation), ...attributes];
}

/** How many of a type's entities have each relation, by its index. */
function countRelations(type: string, size: number, graph: Graph) {
  const [out, into] = [new Map<number, number>(), new Map<number, number>()];
  const wanted = graph.types.indexOf(type);
  const step = Math.max(1, Math.ceil(size / SAMPLE));
  let met = 0;
  for (let entity = 0; entity < graph.size && wanted >= 0; entity++) {
    if (graph.typeOf(entity) !== wanted || met++ % step !== 0) continue;
    for (const relation of relationsIn(graph.out(entity))) out.set(relation, (out.get(relation) ?? 0) + 1);
    for (const relation of relationsIn(graph.in(entity))) into.set(relation, (into.get(relation) ?? 0) + 1);
  }
  return { out, into };
}

/** Each relation of some edges once; those of one relation are stepped over. */
function* relationsIn({ start, end, relation }: Edges): Generator<number> {
  for (let at = start; at < end; ) {
    const found = relation[at];
    yield found;
    let [low, high] = [at + 1, end];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (relation[middle] === found) low = middle + 1;
      else high = middle;
    }
    at = low;
  }
}
