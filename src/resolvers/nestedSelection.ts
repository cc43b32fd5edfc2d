import { type FieldNode, type GraphQLResolveInfo, getArgumentValues, isObjectType } from "graphql";
import type { Direction, FirstTriples, NestedSelection, TripleSelection, WithTriples } from "../kg/types.ts";
import { MAX_PAGE } from "../schema/limits.ts";
import { nodesOf, onlyFieldOf, selectedOf } from "./selectionOf.ts";
import { entityFields, tripleSelection } from "./tripleSelection.ts";

type Info = Pick<GraphQLResolveInfo, "fieldNodes" | "fragments" | "schema" | "variableValues">;
type TriplesArguments = {
  readonly direction?: Direction | null;
  readonly relations?: readonly string[] | null;
  readonly first?: number | null;
  readonly after?: string | null;
};

/** What a field that gives entities selects, as far as the document alone tells. */
interface Look {
  readonly triples: FieldNode;
  readonly select: NestedSelection["select"];
  readonly more: boolean;
  /** What came of it, by the arguments of the triples. */
  readonly filled: Map<string, NestedSelection>;
}

const MOST_FILLED = 10; // of one document: each takes classes and SQL of its own

const looks = new WeakMap<FieldNode, Look | null>();

/**
 * Tells which triples a query reads of the entity, or of each entity of the page, that a field gives: where they are the
 * first ones of all relations, asked for once, and hold no dates. Null for all else, which is read one after the other.
 */
export function nestedSelection(info: Info, gives: "entity" | "page"): NestedSelection | null {
  const [field] = info.fieldNodes;
  if (info.fieldNodes.length !== 1) return null;
  let look = looks.get(field);
  if (look === undefined) {
    look = lookAt(info, gives);
    looks.set(field, look);
  }
  return look && fill(look, info);
}

function lookAt(info: Info, gives: "entity" | "page"): Look | null {
  const { pageInfo, sets } =
    gives === "page" ? nodesOf(info) : { pageInfo: null, sets: selectedOf(info.fieldNodes) };
  const triples = onlyFieldOf(sets, "triples", info.fragments);
  if (!triples) return null;
  const { triple } = tripleSelection({ fieldNodes: [triples], fragments: info.fragments });
  if (triple.includes("validFrom") || triple.includes("validTo")) return null;
  const more = pageInfo?.has("hasNextPage") ?? false;
  return { triples, select: entityFields(sets, info.fragments), more, filled: new Map() };
}

/** Evaluates the arguments of the triples; equal ones give the same object. */
function fill({ triples, select, more, filled }: Look, info: Info): NestedSelection | null {
  const args = argumentsOf(triples, info);
  if (!args || args.relations != null || args.after != null) return null;
  const { direction: wanted, first = null } = args;
  if (first !== null && (first < 0 || first > MAX_PAGE)) return null; // refused where it is asked for
  const direction = wanted ?? "BOTH";
  const name = `${direction} ${first}`;
  const known = filled.get(name);
  if (known) return known;
  const own = { fieldNodes: [triples], fragments: info.fragments };
  const made = { select, more, triples: { direction, first, select: tripleSelection(own), ...askedOf(own) } };
  if (filled.size >= MOST_FILLED) filled.clear();
  filled.set(name, made);
  return made;
}

/** Null where they are no good, which the field itself says. */
function argumentsOf(
  node: FieldNode,
  { schema, variableValues }: Pick<Info, "schema" | "variableValues">,
): TriplesArguments | null {
  const type = schema.getType("Entity");
  if (!isObjectType(type)) return null;
  try {
    return getArgumentValues(type.getFields().triples, node, variableValues);
  } catch {
    return null;
  }
}

/** Gives the triples that an entity was read together with, if they are those that a field asks for. */
export function triplesReadWith(
  { firstTriples: read }: WithTriples,
  { direction, relations, first, after }: TriplesArguments,
  info: Pick<Info, "fieldNodes" | "fragments">,
) {
  if (!read || relations != null || after != null) return undefined;
  const { of, page } = read;
  if (of.direction !== (direction ?? "BOTH") || of.first !== (first ?? null)) return undefined;
  const { ids, more } = askedOf(info);
  return of.ids === ids && of.more === more && isSame(of.select, tripleSelection(info)) ? page : undefined;
}

const asking = new WeakMap<FieldNode, Pick<FirstTriples, "ids" | "more">>();

/** Fields of a triple that need not its id. */
const WITHOUT_ID = new Set([
  ...["head", "relation", "tail", "confidence", "rank", "qualifiers", "sources", "revision", "__typename"],
]);

/** Tells what else is asked of a page of triples than their fields. */
function askedOf(info: Pick<Info, "fieldNodes" | "fragments">): Pick<FirstTriples, "ids" | "more"> {
  const [field] = info.fieldNodes;
  const known = info.fieldNodes.length === 1 ? asking.get(field) : undefined;
  if (known) return known;
  const { node, pageInfo } = nodesOf(info);
  const asked = {
    ids: [...node.keys()].some((name) => !WITHOUT_ID.has(name)),
    more: pageInfo.has("hasNextPage"),
  };
  if (info.fieldNodes.length === 1) asking.set(field, asked);
  return asked;
}

const names = new WeakMap<TripleSelection, string>();

/** Requests that share a statement may come from different documents. */
function isSame(a: TripleSelection, b: TripleSelection): boolean {
  return a === b || nameOf(a) === nameOf(b);
}

function nameOf(selection: TripleSelection): string {
  const name = names.get(selection) ?? JSON.stringify(selection);
  names.set(selection, name);
  return name;
}
