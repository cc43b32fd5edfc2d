import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { WhyNot } from "../recommend/types.ts";
import { WhyNotType } from "../schema/WhyNotType.ts";
import { whyNotSentence } from "../sentence/whyNotSentence.ts";
import { languageOf, localeArg } from "./languageOf.ts";

/** The reason in words. */
@Resolver(() => WhyNotType)
export class WhyNotResolver {
  @FieldResolver()
  detail(
    @Root() whyNot: WhyNot,
    @Arg("locale", () => String, localeArg) locale: string | null | undefined,
    @Ctx() context: Context,
  ): string {
    return whyNotSentence(whyNot, languageOf(context, locale));
  }
}
