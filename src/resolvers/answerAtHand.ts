import { type GraphQLField, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
import type { Context } from "../context.ts";
import type {
  AsOfRevision,
  Entity,
  EntityFilter,
  EntityOrder,
  PageArguments,
  Triple,
  TripleEnds,
  TriplesOfArguments,
} from "../kg/types.ts";
import type { EntityByInput } from "../schema/inputs/EntityByInput.ts";
import { connectionOf } from "./connectionOf.ts";
import { entityBy } from "./entityBy.ts";
import { entitySelection, tripleSelection } from "./tripleSelection.ts";

type EntitiesArguments = PageArguments & {
  readonly search?: string | null;
  readonly filter?: EntityFilter | null;
  readonly orderBy?: EntityOrder | null;
};

/** Fields whose value lies in what a field that is answered here has given. */
const WITHIN: Readonly<Record<string, readonly string[]>> = {
  Entity: ["aliases", "attributes", "description", "id", "isItem", "key", "name", "revision", "type"],
  Triple: ["id", "confidence"],
  Relation: [
    ...["domain", "id", "inverseLabel", "key", "label", "maxPerHead", "range", "revision", "symmetric"],
  ],
  EntityConnection: ["edges", "nodes", "pageInfo"],
  EntityEdge: ["cursor", "node"],
  TripleConnection: ["edges", "nodes", "pageInfo"],
  TripleEdge: ["cursor", "node"],
  PageInfo: ["endCursor", "hasNextPage", "hasPreviousPage", "startCursor"],
};

/**
 * Lets the fields that every row of every page passes give what is at hand without a promise, by plain functions;
 * what is not goes on to the resolver. They, and the fields within what they give, are marked as such
 * (`extensions.atHand`): an answer of such fields alone may be kept, where none had to go on.
 */
export function answerAtHand(schema: GraphQLSchema): void {
  for (const [type, fields] of Object.entries(WITHIN)) {
    for (const field of fields) mark(fieldAt(schema, `${type}.${field}`));
  }
  for (const end of ["head", "relation", "tail"] as const) {
    before<Triple & TripleEnds, unknown>(schema, `Triple.${end}`, (triple) => triple[end] ?? undefined);
  }
  before<Entity & Partial<AsOfRevision>, Partial<TriplesOfArguments>>(
    schema,
    "Entity.triples",
    ({ id, asOf }, args, { atHand }, info) => {
      if (asOf !== undefined || !atHand) return undefined;
      const select = tripleSelection(info);
      const page = atHand.triplesOf(id, { ...args, direction: args.direction ?? "BOTH", select });
      return page && connectionOf(page);
    },
  );
  before<unknown, { readonly by: EntityByInput; readonly asOf?: unknown }>(
    schema,
    "Query.entity",
    (_, { by, asOf }, { atHand }) => (asOf == null ? atHand?.entity(entityBy(by)) : undefined),
  );
  before<unknown, EntitiesArguments>(
    schema,
    "Query.entities",
    (_, { search, filter, orderBy, ...page }, { atHand }, info) => {
      if (!atHand) return undefined;
      const query = { search, filter, order: orderBy ?? "NAME_ASC", select: entitySelection(info) };
      const found = atHand.entitiesOfType(query, page);
      return found && connectionOf(found);
    },
  );
}

/** Puts `find` before the resolver of a field; undefined goes on to it. */
function before<Source, Args>(
  schema: GraphQLSchema,
  path: string,
  find: GraphQLFieldResolver<Source, Pick<Context, "atHand" | "leaveMemory">, Args>,
): void {
  const field = fieldAt(schema, path);
  const resolve = field.resolve;
  if (!resolve) throw new TypeError(`the schema has no resolver of ${path}`);
  mark(field);
  field.resolve = (source, args, context, info) => {
    const found = find(source, args, context, info);
    if (found !== undefined) return found;
    context.leaveMemory?.();
    return resolve(source, args, context, info);
  };
}

// biome-ignore lint/suspicious/noExplicitAny: as graphql has it
function fieldAt(schema: GraphQLSchema, path: string): GraphQLField<any, any> {
  const [typeName, fieldName] = path.split(".");
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (!field) throw new TypeError(`the schema has no ${path}`);
  return field;
}

function mark(field: Pick<GraphQLField<unknown, unknown>, "extensions">): void {
  field.extensions = { ...field.extensions, atHand: true };
}
