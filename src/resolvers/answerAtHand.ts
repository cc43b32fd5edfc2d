import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
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

/**
 * Lets the fields that every row of every page passes give what is at hand without a promise, by plain functions;
 * what is not goes on to the resolver.
 */
export function answerAtHand(schema: GraphQLSchema): void {
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
  find: GraphQLFieldResolver<Source, Pick<Context, "atHand">, Args>,
): void {
  const [typeName, fieldName] = path.split(".");
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  const resolve = field?.resolve;
  if (!field || !resolve) throw new TypeError(`the schema has no resolver of ${path}`);
  field.resolve = (source, args, context, info) => {
    const found = find(source, args, context, info);
    return found === undefined ? resolve(source, args, context, info) : found;
  };
}
