import type { FieldNode, GraphQLResolveInfo, SelectionSetNode } from "graphql";
import { fieldsOf, type SelectedFields } from "../fieldsOf.ts";
import type { Entity, Relation, Triple, TripleSelection } from "../kg/types.ts";
import { nodesOf } from "./selectionOf.ts";

const TRIPLE: readonly (keyof Triple)[] = [
  ...(["confidence", "rank", "qualifiers", "sources", "validFrom", "validTo", "revision"] as const),
];
const ENTITY: readonly (keyof Entity)[] = [
  ...(["key", "type", "name", "aliases", "description", "attributes", "isItem", "revision"] as const),
];
const RELATION: readonly (keyof Relation)[] = [
  ...(["key", "label", "inverseLabel", "domain", "range", "maxPerHead", "symmetric", "revision"] as const),
];
const known = new WeakMap<FieldNode, TripleSelection>();

/** Tells which fields a query reads of a connection of triples, and of the entities and relations that they name. */
export function tripleSelection(info: Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">): TripleSelection {
  const { fieldNodes, fragments } = info;
  const [field] = fieldNodes;
  const found = fieldNodes.length === 1 ? known.get(field) : undefined;
  if (found) return found;
  const { node } = nodesOf(info);
  const of = <F extends string>(sets: ReadonlySet<SelectionSetNode> | undefined, all: readonly F[]) =>
    sets ? chosen(fieldsOf(sets, fragments), all) : null;
  const selection = {
    triple: chosen(node, TRIPLE),
    head: of(node.get("head"), ENTITY),
    relation: of(node.get("relation"), RELATION),
    tail: of(node.get("tail"), ENTITY),
  };
  if (fieldNodes.length === 1) known.set(field, selection);
  return selection;
}

const entities = new WeakMap<FieldNode, readonly (keyof Entity)[]>();

/** Tells which fields a query reads of a connection of entities. */
export function entitySelection(
  info: Pick<GraphQLResolveInfo, "fieldNodes" | "fragments">,
): readonly (keyof Entity)[] {
  const [field] = info.fieldNodes;
  const found = info.fieldNodes.length === 1 ? entities.get(field) : undefined;
  if (found) return found;
  const selection = entityFields(nodesOf(info).sets, info.fragments);
  if (info.fieldNodes.length === 1) entities.set(field, selection);
  return selection;
}

/** Tells which fields of an entity some selections read. */
export function entityFields(
  sets: Iterable<SelectionSetNode>,
  fragments: GraphQLResolveInfo["fragments"],
): readonly (keyof Entity)[] {
  return chosen(fieldsOf(sets, fragments), ENTITY);
}

function chosen<F extends string>(fields: SelectedFields, all: readonly F[]): readonly F[] {
  return all.filter((name) => fields.has(name));
}
