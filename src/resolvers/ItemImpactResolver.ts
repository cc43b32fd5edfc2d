import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Entity } from "../kg/types.ts";
import type { ItemImpact } from "../recommend/types.ts";
import { ItemImpactType } from "../schema/ImpactType.ts";
import { impactSentence } from "../sentence/impactSentence.ts";
import { languageOf, localeArg } from "./languageOf.ts";
import { loadNames } from "./loadNames.ts";

/** Fields of an item's impact that are not numbers. */
@Resolver(() => ItemImpactType)
export class ItemImpactResolver {
  @FieldResolver()
  item(@Root() { item }: ItemImpact, @Ctx() { entities }: Context): Promise<Entity | null> {
    return entities.load(item);
  }

  @FieldResolver()
  because(@Root() { because, history }: ItemImpact) {
    return because.map(({ evidence, ...shift }) => ({ ...shift, evidence: { ...evidence, history } }));
  }

  @FieldResolver()
  async sentence(
    @Root() impact: ItemImpact,
    @Arg("locale", () => String, localeArg) locale: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<string> {
    const { entities, relations } = context;
    const say = languageOf(context, locale);
    const strongest = impact.because.slice(0, 1).map(({ evidence }) => evidence);
    return impactSentence(impact, await loadNames(strongest, [impact.item], { entities, relations, say }));
  }
}
