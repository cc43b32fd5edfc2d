import { Ctx, FieldResolver, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import { ViewerType } from "../schema/ViewerType.ts";

/** Fields of the viewer that tell of the server. */
@Resolver(() => ViewerType)
export class ViewerResolver {
  @FieldResolver()
  backend(@Ctx() { backend }: Context): Promise<string> {
    return backend();
  }
}
