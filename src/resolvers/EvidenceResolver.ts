import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import { EvidenceType } from "../schema/EvidenceType.ts";
import type { ToldEvidence } from "../sentence/types.ts";
import { languageOf, localeArg } from "./languageOf.ts";
import { pathOf } from "./pathOf.ts";
import { tellEvidence } from "./sentences.ts";

/** Fields of evidence that are not numbers. */
@Resolver(() => EvidenceType)
export class EvidenceResolver {
  @FieldResolver()
  path(@Root() { steps }: ToldEvidence) {
    return pathOf(steps);
  }

  @FieldResolver()
  sentence(
    @Root() evidence: ToldEvidence,
    @Arg("locale", () => String, localeArg) locale: string | null | undefined,
    @Ctx() context: Context,
  ): string | Promise<string> {
    return tellEvidence(evidence, languageOf(context, locale), context);
  }
}
