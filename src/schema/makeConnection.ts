import { type ClassType, Field, ObjectType } from "type-graphql";
import { PageInfoType } from "./PageInfoType.ts";

/** Makes Relay's edge type for nodes of type `name`. */
export function makeEdge(name: string, nodeType: () => ClassType) {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One ${name} of a page.` })
  class EdgeType {
    @Field(() => String, { description: "Opaque; give it as `after` or `before` to go on from here." })
    cursor: string;

    @Field(() => nodeType(), { description: `The ${name}.` })
    node: unknown;
  }
  return EdgeType;
}

/** Makes Relay's connection type for nodes of type `name`. */
export function makeConnection(name: string, nodeType: () => ClassType) {
  const EdgeType = makeEdge(name, nodeType);

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `One page of a list of ${name}.` })
  class ConnectionType {
    @Field(() => [EdgeType], { description: "The page, with cursors." })
    edges: unknown[];

    @Field(() => [nodeType()], { description: "The page, without cursors." })
    nodes: unknown[];

    @Field(() => PageInfoType, { description: "Where the page stands in its list." })
    pageInfo: PageInfoType;
  }
  return ConnectionType;
}
