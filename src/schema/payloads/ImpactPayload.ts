import { Field, ObjectType } from "type-graphql";
import { ImpactTotalsType, UserImpactType } from "../ImpactType.ts";
import { ProblemType } from "../ProblemType.ts";

/** Answer of `previewImpact`. */
@ObjectType("ImpactPayload", {
  simpleResolvers: true,
  description: "What an edit would do to recommendations. Nothing was written.",
})
export class ImpactPayload {
  @Field(() => [ProblemType], {
    description: "Why the edit would be refused; nothing is measured then. Warnings leave it as it is.",
  })
  problems: unknown[];

  @Field(() => String, { description: "Revision of the graph that the edit would follow." })
  graphRevision: string;

  @Field(() => [UserImpactType], {
    description: "Users that were measured, those whose recommendations stay as they are included.",
  })
  users: unknown[];

  @Field(() => ImpactTotalsType, { description: "Sums over these users." })
  totals: ImpactTotalsType;
}
