import { Field, ID, InputType } from "type-graphql";

/** Names one entity by id or by key; `buildSchema` makes it @oneOf. */
@InputType("EntityBy", { description: "Names one entity: exactly one of its fields." })
export class EntityByInput {
  @Field(() => ID, { nullable: true, description: "Global id." })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'The tenant\'s own stable key, such as "movie:1".' })
  key?: string | null;
}
