import { Field, InputType } from "type-graphql";
import { EditInput } from "./EditInput.ts";
import { ProposedEntityInput } from "./ProposedEntityInput.ts";
import { ProposedTripleInput } from "./ProposedTripleInput.ts";

/** Triples to propose, with the entities that they need. */
@InputType("ProposeTriplesInput", { description: "Triples to propose, with the entities that they need." })
export class ProposeTriplesInput extends EditInput {
  @Field(() => [ProposedTripleInput], { description: "1 to 1,000 triples." })
  triples: ProposedTripleInput[];

  @Field(() => [ProposedEntityInput], {
    nullable: true,
    description: "Entities that the triples need and the graph does not have.",
  })
  entities?: ProposedEntityInput[] | null;
}
