import { DomainError } from "../../errors.ts";
import type { Edges, Graph, Relation } from "../../kg/types.ts";
import type { ReconcileProperty } from "./types.ts";

/** What a property's id means. */
export type Property = RelationProperty | AttributeProperty;
export interface RelationProperty {
  readonly kind: "RELATION";
  readonly relation: Relation;
  /** Dense index in `Graph.relations`. */
  readonly index: number;
  /** OUT: its values are tails. */
  readonly direction: "OUT" | "IN";
}
export interface AttributeProperty {
  readonly kind: "ATTRIBUTE";
  readonly key: string;
}

const INVERSE = "^"; // as SPARQL's property paths write it
const ATTRIBUTE = "@"; // as XPath writes it

/**
 * Reads the id of a property: "directed_by" the relation, "^directed_by" the same from tail to head, "@year" an
 * attribute. A relation whose own key begins with ^ or @ comes first.
 * @throws {DomainError} BAD_USER_INPUT where the graph has no such relation
 */
export function readProperty(id: string, graph: Graph): Property {
  const own = findRelation(id, graph);
  if (own >= 0) return { kind: "RELATION", relation: graph.relations[own], index: own, direction: "OUT" };
  if (id.startsWith(ATTRIBUTE) && id.length > 1) return { kind: "ATTRIBUTE", key: id.slice(1) };
  const inverse = id.startsWith(INVERSE) ? findRelation(id.slice(1), graph) : -1;
  if (inverse >= 0) {
    return { kind: "RELATION", relation: graph.relations[inverse], index: inverse, direction: "IN" };
  }
  throw new DomainError(
    "BAD_USER_INPUT",
    `the property "${id}" is unknown; expected a relation's key ("directed_by"), ^ and a relation's key, or @ and an attribute's name`,
  );
}

/** The last one: a relation that was deleted keeps its place, and its key may be given again. */
function findRelation(key: string, { relations }: Graph): number {
  return relations.findLastIndex((relation) => relation.key === key);
}

/** Tells a property to people. */
export function tellProperty(property: Property): ReconcileProperty {
  if (property.kind === "ATTRIBUTE") {
    return { id: ATTRIBUTE + property.key, name: property.key, description: "attribute" };
  }
  const { relation, direction } = property;
  const { key, label, inverseLabel, domain, range } = relation;
  const [from, to] = direction === "OUT" ? [domain, range] : [range, domain];
  return {
    id: direction === "OUT" ? key : INVERSE + key,
    name: direction === "OUT" ? label : (inverseLabel ?? `${label} (inverse)`),
    description: `relation, from ${listed(from)} to ${listed(to)}`,
  };
}

function listed(types: readonly string[] | null): string {
  return types === null ? "anything" : types.join(" or ");
}

/** Both directions of all relations, by key; one of a symmetric relation, which is the same both ways. */
export function listRelations({ relations }: Graph): RelationProperty[] {
  const places = new Map(relations.map(({ key }, index) => [key, index]));
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, index]) =>
      (relations[index].symmetric ? (["OUT"] as const) : (["OUT", "IN"] as const)).map((direction) => ({
        ...{ kind: "RELATION" as const, relation: relations[index], index, direction },
      })),
    );
}

/**
 * Entity indices at the other ends, ascending; those of both directions where the relation is symmetric. No copy where
 * it is not: read it before anything is awaited.
 */
export function related(
  entity: number,
  { relation, index, direction }: RelationProperty,
  graph: Graph,
): Int32Array {
  const along = (edges: Edges) => edges.neighbour.subarray(firstOf(edges, index), firstOf(edges, index + 1));
  if (!relation.symmetric) return along(direction === "OUT" ? graph.out(entity) : graph.in(entity));
  return Int32Array.from(new Set([...along(graph.out(entity)), ...along(graph.in(entity))])).sort();
}

/** Position of the first edge of this relation or a later one: edges are sorted by relation. */
function firstOf({ start, end, relation }: Edges, index: number): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (relation[middle] < index) low = middle + 1;
    else high = middle;
  }
  return low;
}
