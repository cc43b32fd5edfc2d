import { type DefinitionNode, type GraphQLSchema, Kind, parse, print, printSchema } from "graphql";
import { NODE_TYPES } from "./globalId.ts";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])`;

/**
 * Prints the schema as a subgraph of Apollo Federation 2: every type with a global id has it as its key, an entity its
 * own key too, so that other subgraphs can extend the items of recommendations.
 * @see https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec
 */
export function printSubgraph(schema: GraphQLSchema): string {
  const definitions = parse(printSchema(schema)).definitions.flatMap(withoutFederation);
  const keys = NODE_TYPES.map((name) => {
    const own = name === "Entity" ? ' @key(fields: "key")' : "";
    return `extend type ${name} @key(fields: "id")${own}`;
  });
  return [LINK, ...definitions.map(print), ...keys].join("\n\n");
}

/** What the gateway of the federation adds by itself is no part of a subgraph. */
function withoutFederation(definition: DefinitionNode): readonly DefinitionNode[] {
  const isAdded = ({ name }: { readonly name: { readonly value: string } }) => name.value.startsWith("_");
  if ("name" in definition && definition.name && isAdded({ name: definition.name })) return [];
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || definition.name.value !== "Query")
    return [definition];
  return [{ ...definition, fields: definition.fields?.filter((field) => !isAdded(field)) }];
}
