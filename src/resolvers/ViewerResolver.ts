import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context, Viewer } from "../context.ts";
import { ViewerType } from "../schema/ViewerType.ts";

/** Fields of the viewer that need more than what is known of it. */
@Resolver(() => ViewerType)
export class ViewerResolver {
  @FieldResolver()
  scopes(@Root() { scopes }: Viewer): string[] {
    return [...scopes];
  }

  @FieldResolver()
  backend(@Ctx() { backend }: Context): Promise<string> {
    return backend();
  }
}
