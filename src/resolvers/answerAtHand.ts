import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
import type { Context } from "../context.ts";
import type {
  AsOfRevision,
  Entity,
  EntityFilter,
  EntityId,
  EntityOrder,
  PageArguments,
  Triple,
  TripleEnds,
  TriplesOfArguments,
  WithTriples,
} from "../kg/types.ts";
import type { PathStep } from "../ranker/types.ts";
import type { EntityByInput } from "../schema/inputs/EntityByInput.ts";
import { connectionOf } from "./connectionOf.ts";
import { entityBy } from "./entityBy.ts";
import { nestedSelection, triplesReadWith } from "./nestedSelection.ts";
import { entitySelection, tripleSelection } from "./tripleSelection.ts";

type EntitiesArguments = PageArguments & {
  readonly search?: string | null;
  readonly filter?: EntityFilter | null;
  readonly orderBy?: EntityOrder | null;
};

/**
 * Lets the fields that every row of every page passes give what is at hand without a promise, by plain functions;
 * what is not goes on to the resolver. Entities that are asked for with their first triples are read together with them,
 * and have them at hand then.
 */
export function answerAtHand(schema: GraphQLSchema): void {
  for (const end of ["head", "relation", "tail"] as const) {
    before<Triple & TripleEnds, unknown>(schema, `Triple.${end}`, (triple) => triple[end] ?? undefined);
  }
  for (const of of ["Recommendation", "Explanation"]) {
    before<{ readonly item: EntityId }, unknown>(schema, `${of}.item`, ({ item }, _, { atHand }) =>
      atHand?.entity({ id: item }),
    );
  }
  for (const end of ["from", "to"] as const) {
    before<PathStep, unknown>(schema, `PathStep.${end}`, (step, _, { atHand }) =>
      atHand?.entity({ id: step[end] }),
    );
  }
  before<PathStep, unknown>(schema, "PathStep.relation", ({ relationId }, _, { atHand }) =>
    relationId === null ? null : atHand?.relation(relationId),
  );
  before<Entity & WithTriples & Partial<AsOfRevision>, Partial<TriplesOfArguments>>(
    schema,
    "Entity.triples",
    (entity, args, { atHand }, info) => {
      const { id, asOf } = entity;
      if (asOf !== undefined) return undefined;
      const read = triplesReadWith(entity, args, info);
      if (read || !atHand) return read && connectionOf(read);
      const select = tripleSelection(info);
      const page = atHand.triplesOf(id, { ...args, direction: args.direction ?? "BOTH", select });
      return page && connectionOf(page);
    },
  );
  before<unknown, { readonly by: EntityByInput; readonly asOf?: unknown }>(
    schema,
    "Query.entity",
    (_, { by, asOf }, { atHand, knowledge }, info) => {
      if (asOf != null) return undefined;
      const found = atHand?.entity(entityBy(by));
      const nested = found ? null : nestedSelection(info, "entity");
      return nested ? knowledge.findEntity(entityBy(by), nested) : found;
    },
  );
  before<unknown, EntitiesArguments>(
    schema,
    "Query.entities",
    (_, { search, filter, orderBy, ...page }, { atHand, knowledge }, info) => {
      const query = {
        ...{ search, filter, order: orderBy ?? ("NAME_ASC" as const), select: entitySelection(info) },
      };
      const found = atHand?.entitiesOfType(query, page);
      if (found) return connectionOf(found);
      const nested = nestedSelection(info, "page");
      if (!nested) return undefined;
      return knowledge.findEntities({ ...query, nested }, page).then(connectionOf);
    },
  );
}

/** Puts `find` before the resolver of a field; undefined goes on to it. */
function before<Source, Args>(
  schema: GraphQLSchema,
  path: string,
  find: GraphQLFieldResolver<Source, Pick<Context, "atHand" | "knowledge">, Args>,
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
