import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { Context } from "../context.ts";
import type { Change } from "../kg/types.ts";
import { ChangeType } from "../schema/ChangeType.ts";
import { tellDiff } from "./tellDiff.ts";

/** Fields of a change that need more than its row. */
@Resolver(() => ChangeType)
export class ChangeResolver {
  @FieldResolver()
  async sentence(@Root() { revision }: Change, @Ctx() { changeSummaries }: Context) {
    return (await changeSummaries.load(revision))?.sentence;
  }

  @FieldResolver()
  async diffCount(@Root() { revision }: Change, @Ctx() { changeSummaries }: Context) {
    return (await changeSummaries.load(revision))?.diffCount;
  }

  @FieldResolver()
  async diff(
    @Root() { revision }: Change,
    @Arg("first", () => Int, { nullable: true, defaultValue: 20, description: "How many, at most 100." })
    first: number | null,
    @Arg("after", () => String, { nullable: true, description: "Cursor of a diff to go on behind." })
    after: string | null | undefined,
    @Ctx() { diffsOf }: Context,
  ) {
    return (await diffsOf({ first, after }).load(revision)).map(tellDiff);
  }

  @FieldResolver()
  async hash(@Root() { revision }: Change, @Ctx() { changeLinks }: Context) {
    return (await changeLinks.load(revision))?.hash ?? null;
  }

  @FieldResolver()
  async previousHash(@Root() { revision }: Change, @Ctx() { changeLinks }: Context) {
    return (await changeLinks.load(revision))?.previousHash ?? null;
  }

  @FieldResolver()
  async reverts(@Root() { revision }: Change, @Ctx() { changeLinks, changes }: Context) {
    const reverts = (await changeLinks.load(revision))?.reverts;
    return reverts == null ? null : changes.load(reverts);
  }

  @FieldResolver()
  async revertedBy(@Root() { revision }: Change, @Ctx() { changeLinks, changes }: Context) {
    const revertedBy = (await changeLinks.load(revision))?.revertedBy;
    return revertedBy == null ? null : changes.load(revertedBy);
  }
}
