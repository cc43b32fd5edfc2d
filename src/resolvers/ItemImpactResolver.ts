import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Entity } from "../kg/types.ts";
import type { ItemImpact } from "../recommend/types.ts";
import { ItemImpactType } from "../schema/ImpactType.ts";
import { impactSentence } from "../sentence/impactSentence.ts";
import { Told } from "../sentence/Told.ts";
import { languageOf, localeArg } from "./languageOf.ts";
import { withNames } from "./withNames.ts";

/** Fields of an item's impact that are not numbers. */
@Resolver(() => ItemImpactType)
export class ItemImpactResolver {
  @FieldResolver()
  item(@Root() { item }: ItemImpact, @Ctx() { entities }: Context): Promise<Entity | null> {
    return entities.load(item);
  }

  @FieldResolver()
  because(@Root() { because, history }: ItemImpact) {
    return because.map(({ evidence, ...shift }) => ({ ...shift, evidence: new Told(evidence, history) }));
  }

  @FieldResolver()
  sentence(
    @Root() impact: ItemImpact,
    @Arg("locale", () => String, localeArg) locale: string | null | undefined,
    @Ctx() context: Context,
  ): string | Promise<string> {
    const strongest = impact.because.slice(0, 1).map(({ evidence }) => evidence);
    const named = { evidence: strongest, items: [impact.item] };
    return withNames(named, languageOf(context, locale), context, (names) => impactSentence(impact, names));
  }
}
