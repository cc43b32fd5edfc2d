import { Field, ObjectType } from "type-graphql";
import { NodeType } from "./NodeType.ts";
import { DateTime, JSONObject } from "./scalars.ts";

/** GraphQL shape of a model. */
@ObjectType("Model", { implements: NodeType, simpleResolvers: true, description: "A fitted ranker." })
export class ModelType extends NodeType {
  @Field(() => String, { description: "SHA-256 of its weights: equal digests rank alike." })
  digest: string;

  @Field(() => String, { description: "SHA-256 of its configuration." })
  configDigest: string;

  @Field(() => JSONObject, { description: "What it was fitted with." })
  config: object;

  @Field(() => String, { description: "Revision of the graph that it was fitted on." })
  dataRevision: string;

  @Field(() => JSONObject, { description: "Measured on validation, by name." })
  metrics: object;

  @Field(() => DateTime, { description: "When it was fitted." })
  createdAt: Date;

  @Field(() => Boolean, { description: "Whether it serves now." })
  active: boolean;

  @Field(() => String, {
    description:
      "Its card in Markdown: what it is, what it was fitted on, how well, and how to fit it again.",
  })
  card: string;
}
