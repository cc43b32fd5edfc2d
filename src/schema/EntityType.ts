import { Field, Int, ObjectType } from "type-graphql";
import { ChangeConnectionType, TripleConnectionType } from "./connections.ts";
import { NodeType } from "./NodeType.ts";
import { SimilarItemType } from "./SimilarItemType.ts";
import { JSONObject } from "./scalars.ts";

/** GraphQL shape of an entity. */
@ObjectType("Entity", {
  implements: NodeType,
  simpleResolvers: true,
  description: "A node of the knowledge graph.",
})
export class EntityType extends NodeType {
  @Field(() => String, { description: 'The tenant\'s own stable key, such as "movie:1".' })
  key: string;

  @Field(() => String, { description: 'Such as "movie", "person" or "genre".' })
  type: string;

  @Field(() => String, { description: "Label for people." })
  name: string;

  @Field(() => [String], { description: "Other names; search finds them too." })
  aliases: string[];

  @Field(() => String, { nullable: true, description: "A text about it." })
  description: string | null;

  @Field(() => JSONObject, { description: "Literal facts, such as a running time." })
  attributes: object;

  @Field(() => Boolean, { description: "Whether it may be recommended." })
  isItem: boolean;

  @Field(() => TripleConnectionType, { description: "Triples that leave or enter it; OUT before IN." })
  triples: unknown;

  @Field(() => Int, { description: "How many live triples touch it." })
  degree: number;

  @Field(() => [SimilarItemType], { description: "Items like it, best first, with evidence." })
  similar: unknown[];

  @Field(() => [String], { description: "Keys of the entities merged into this one." })
  mergedKeys: string[];

  @Field(() => Int, { description: "Counts its edits; give it as `expectedRevision`." })
  revision: number;

  @Field(() => ChangeConnectionType, { description: "Its changes and those of its triples, newest first." })
  changes: unknown;
}
