import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Entity, Triple } from "../kg/types.ts";
import type { Explanation } from "../recommend/types.ts";
import { ExplanationType } from "../schema/ExplanationType.ts";
import type { ToldEvidence } from "../sentence/types.ts";
import { languageOf, localeArg } from "./languageOf.ts";
import { tellExplanation } from "./sentences.ts";
import { toldEvidence } from "./toldEvidence.ts";

/** Fields of an explanation that are not numbers. */
@Resolver(() => ExplanationType)
export class ExplanationResolver {
  @FieldResolver()
  item(@Root() { item }: Explanation, @Ctx() { entities }: Context): Promise<Entity | null> {
    return entities.load(item);
  }

  @FieldResolver()
  evidence(
    @Root() explanation: Explanation,
    @Arg("first", () => Int, { nullable: true, defaultValue: 5, description: "How many, at most 500." })
    first: number | null,
  ): ToldEvidence[] {
    return toldEvidence(explanation, first, 5);
  }

  @FieldResolver()
  sentence(
    @Root() explanation: Explanation,
    @Arg("locale", () => String, localeArg) locale: string | null | undefined,
    @Ctx() context: Context,
  ): string | Promise<string> {
    return tellExplanation(explanation, languageOf(context, locale), context);
  }

  @FieldResolver()
  counterfactual(@Root() explanation: Explanation): Promise<readonly Triple[]> {
    return explanation.counterfactual();
  }
}
