import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Entity } from "../kg/types.ts";
import { AnswerItemType, AnswerType } from "../schema/AnswerType.ts";
import { MAX_PAGE } from "../schema/limits.ts";
import { Needs } from "../schema/Needs.ts";
import type { QuestionAnswer, QuestionResult } from "../text/types.ts";
import { boundedCount } from "./boundedCount.ts";
import { pathOf } from "./pathOf.ts";

/** Questions in words. */
@Resolver(() => AnswerItemType)
export class AnswerResolver {
  @Needs("graph:read")
  @Query(() => AnswerType, {
    description:
      'Answers a question of one or two hops, such as "Which films did the director of Alien make?", with the paths as evidence. English, and Chinese where entities have aliases in it.',
  })
  answer(
    @Arg("question", () => String, { description: "Up to 500 characters." }) question: string,
    @Arg("first", () => Int, {
      nullable: true,
      defaultValue: 10,
      description: "How many answers, at most 100.",
    })
    first: number | null,
    @Ctx() { texts }: Context,
  ): Promise<QuestionResult> {
    return texts.answer(question, boundedCount(first, { fallback: 10, most: MAX_PAGE }));
  }

  @FieldResolver()
  entity(@Root() { entity }: QuestionAnswer, @Ctx() { entities }: Context): Promise<Entity | null> {
    return entities.load(entity.id);
  }

  @FieldResolver()
  paths(@Root() { paths }: QuestionAnswer) {
    return paths.map((steps) => pathOf(steps.map((step) => ({ ...step, kind: "TRIPLE" }))));
  }
}
