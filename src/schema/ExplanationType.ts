import { Field, Float, Int, ObjectType } from "type-graphql";
import { EntityType } from "./EntityType.ts";
import { EvidenceType } from "./EvidenceType.ts";
import { ModelType } from "./ModelType.ts";
import { ScoreComponentType } from "./ScoreComponentType.ts";
import { TripleType } from "./TripleType.ts";
import { WhyNotType } from "./WhyNotType.ts";

/** GraphQL shape of an explanation. */
@ObjectType("Explanation", {
  simpleResolvers: true,
  description:
    "Why the score is what it is. score = bias + the sum of components.value, and within a component value = the sum of its evidence's contributions + otherEvidence, exactly.",
})
export class ExplanationType {
  @Field(() => EntityType, { description: "The scored item." })
  item: unknown;

  @Field(() => Float, { description: "The sum of its parts; comparable within one response only." })
  score: number;

  @Field(() => Int, {
    nullable: true,
    description: "1 = best; null where the item is not a candidate, see `whyNot`.",
  })
  rank: number | null;

  @Field(() => Float, { description: "The part that every item has." })
  bias: number;

  @Field(() => [ScoreComponentType], { description: "The parts of the score." })
  components: ScoreComponentType[];

  @Field(() => [EvidenceType], { description: "Strongest |contribution| first, over all components." })
  evidence: unknown[];

  @Field(() => Float, { description: "Share of |score parts| that named evidence carries, 0 to 1." })
  explainedFraction: number;

  @Field(() => String, { description: "One sentence for an end user, from the strongest evidence." })
  sentence: string;

  @Field(() => WhyNotType, {
    nullable: true,
    description: "Set where the item would not be recommended now.",
  })
  whyNot: WhyNotType | null;

  @Field(() => [TripleType], {
    description: "A smallest found set of triples without which the item leaves the top 10.",
  })
  counterfactual: unknown[];

  @Field(() => ModelType, { description: "The model that scored." })
  model: unknown;

  @Field(() => String, { description: "Revision of the graph that was read." })
  graphRevision: string;
}
