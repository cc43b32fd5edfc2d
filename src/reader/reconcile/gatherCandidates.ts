import type { EntityId } from "../../kg/types.ts";
import type { NamedEntity } from "../../text/types.ts";
import { degreeOf } from "./degreeOf.ts";
import { findReached } from "./findReached.ts";
import { type AskedName, readName } from "./readName.ts";
import { type Lookup, resolveProperties } from "./resolveProperties.ts";
import type { ResolvedQuery } from "./scoreCandidate.ts";
import type { ReconcileQuery } from "./types.ts";

const MOST_NAMESAKES = 100;

/** A query with the entities that may be meant. */
export interface Gathered {
  readonly query: ReconcileQuery;
  readonly resolved: ResolvedQuery;
  readonly entities: readonly NamedEntity[];
}

/**
 * Gathers the entities that a query may mean: those of that key, that name or one that is `near`, or, where no name is
 * asked for, those with the asked values.
 * @throws {DomainError} BAD_USER_INPUT for a property that the graph does not have
 */
export function gatherCandidates(query: ReconcileQuery, near: readonly EntityId[], lookup: Lookup): Gathered {
  const { graph, names, byKey } = lookup;
  const own = query.name === null ? null : (byKey.get(query.name)?.id ?? null);
  const name = query.name === null ? null : readName(query.name);
  const resolved = { ...query, name, own, properties: resolveProperties(query.properties, lookup) };
  const ids =
    name === null
      ? findReached(resolved.properties, MOST_NAMESAKES, graph).map((index) => graph.idOf(index))
      : [...(own === null ? [] : [own]), ...namesakes(name, lookup), ...near];
  const entities = [...new Set(ids)].flatMap((id) => names.entity(id) ?? []);
  return { query, resolved, entities: entities.filter(({ type }) => isWanted(type, query)) };
}

/** Those with most triples, where there are very many. */
function namesakes({ text, bare }: AskedName, { names, graph }: Lookup): EntityId[] {
  const ids = [
    ...new Set([text, bare ?? text].flatMap((name) => names.find(name)).map(({ entity }) => entity.id)),
  ];
  if (ids.length <= MOST_NAMESAKES) return ids;
  const placed = ids.flatMap((id) => {
    const index = graph.indexOf(id);
    return index < 0 ? [] : [{ id, degree: degreeOf(index, graph) }];
  });
  placed.sort((a, b) => b.degree - a.degree);
  return placed.slice(0, MOST_NAMESAKES).map(({ id }) => id);
}

/** An entity has one type, so that it never has all of several. */
function isWanted(type: string, { types, strictness }: ReconcileQuery): boolean {
  if (types.length === 0 || strictness === "SHOULD") return true;
  return strictness === "ANY" ? types.includes(type) : types.every((wanted) => wanted === type);
}
