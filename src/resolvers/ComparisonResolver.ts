import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Comparison } from "../recommend/types.ts";
import { ComparisonType } from "../schema/ComparisonType.ts";
import { MAX_EVIDENCE } from "../schema/limits.ts";
import type { ToldEvidence } from "../sentence/types.ts";
import { languageOf, localeArg } from "./languageOf.ts";
import { tellComparison } from "./sentences.ts";
import { toldEvidence } from "./toldEvidence.ts";

/** Fields of a comparison that are not numbers. */
@Resolver(() => ComparisonType)
export class ComparisonResolver {
  @FieldResolver()
  because(@Root() { because, item }: Comparison): ToldEvidence[] {
    return toldEvidence({ evidence: because, history: item.history }, null, MAX_EVIDENCE);
  }

  @FieldResolver()
  sentence(
    @Root() comparison: Comparison,
    @Arg("locale", () => String, localeArg) locale: string | null | undefined,
    @Ctx() context: Context,
  ): string | Promise<string> {
    return tellComparison(comparison, languageOf(context, locale), context);
  }
}
