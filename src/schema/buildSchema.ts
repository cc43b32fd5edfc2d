import "reflect-metadata";
import { type GraphQLSchema, isInputObjectType, isObjectType } from "graphql";
import { buildSchema as generateSchema, type NonEmptyArray } from "type-graphql";
import { answerAtHand } from "../resolvers/answerAtHand.ts";
import { resolvers } from "../resolvers/index.ts";
import { resolvePlainly } from "../resolvers/resolvePlainly.ts";
import { declareCosts } from "./costs.ts";
import { globalId, NODE_TYPES, type NodeType } from "./globalId.ts";
import { guardFields } from "./guardFields.ts";
import { markLasting } from "./lasting.ts";
import { InputProblemType } from "./ProblemType.ts";

/** Inputs of which exactly one field must be given; type-graphql has no decorator for them. */
const ONE_OF = ["EntityBy", "ImpactChange", "AsOf"] as const;

/** type-graphql asks for one where there are subscriptions; ours read streams of their own. */
const NO_TOPICS = {
  publish: () => undefined,
  subscribe: (topic: string): never => {
    throw new TypeError(`nobody publishes ${topic}; expected a subscription with a stream of its own`);
  },
};

let built: Promise<GraphQLSchema> | undefined;

/** Builds the executable schema from the classes; once per process, because it does not change. */
export function buildSchema(): Promise<GraphQLSchema> {
  built ??= generate();
  return built;
}

async function generate(): Promise<GraphQLSchema> {
  const schema = await generateSchema({
    resolvers: resolvers as unknown as NonEmptyArray<(typeof resolvers)[number]>,
    orphanedTypes: [InputProblemType],
    validate: false,
    pubSub: NO_TOPICS,
  });
  for (const name of ONE_OF) markOneOf(schema, name);
  for (const name of NODE_TYPES) resolveGlobalId(schema, name);
  resolveSeverity(schema);
  resolvePlainly(schema);
  answerAtHand(schema);
  declareCosts(schema);
  markLasting(schema);
  guardFields(schema); // last, before all that answers
  return schema;
}

function markOneOf(schema: GraphQLSchema, name: string): void {
  const type = schema.getType(name);
  if (!isInputObjectType(type)) throw new TypeError(`${name} is not an input type of the schema`);
  type.isOneOf = true;
}

/** A plain function, not a field resolver, because every row of every list passes it. */
function resolveGlobalId(schema: GraphQLSchema, name: NodeType): void {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new TypeError(`${name} is not an object type of the schema`);
  type.getFields().id.resolve =
    name === "Change"
      ? ({ revision }: { revision: string }) => globalId(name, revision)
      : ({ id }: { id: string | number }) => globalId(name, id);
}

/** A problem is an error where it does not say otherwise. */
function resolveSeverity(schema: GraphQLSchema): void {
  const type = schema.getType("InputProblem");
  if (!isObjectType(type)) throw new TypeError("InputProblem is not an object type of the schema");
  type.getFields().severity.resolve = ({ severity }: { severity?: string }) => severity ?? "ERROR";
}
