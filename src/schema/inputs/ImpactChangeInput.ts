import { Field, ID, InputType } from "type-graphql";
import { AddTripleInput } from "./AddTripleInput.ts";
import { CreateEntityInput } from "./CreateEntityInput.ts";
import { DefineRelationInput } from "./DefineRelationInput.ts";
import { DeleteEntityInput } from "./DeleteEntityInput.ts";
import { MergeEntitiesInput } from "./MergeEntitiesInput.ts";
import { RetractTripleInput } from "./RetractTripleInput.ts";
import { UpdateEntityInput } from "./UpdateEntityInput.ts";
import { UpdateTripleInput } from "./UpdateTripleInput.ts";

const asMutation = (name: string) => ({ nullable: true, description: `As \`${name}\` takes it.` }) as const;

/** The edit to try; `buildSchema` makes it @oneOf. */
@InputType("ImpactChange", { description: "The edit to try: exactly one of its fields." })
export class ImpactChangeInput {
  @Field(() => CreateEntityInput, asMutation("createEntity"))
  createEntity?: CreateEntityInput | null;

  @Field(() => UpdateEntityInput, asMutation("updateEntity"))
  updateEntity?: UpdateEntityInput | null;

  @Field(() => DeleteEntityInput, asMutation("deleteEntity"))
  deleteEntity?: DeleteEntityInput | null;

  @Field(() => MergeEntitiesInput, asMutation("mergeEntities"))
  mergeEntities?: MergeEntitiesInput | null;

  @Field(() => DefineRelationInput, asMutation("defineRelation"))
  defineRelation?: DefineRelationInput | null;

  @Field(() => AddTripleInput, asMutation("addTriple"))
  addTriple?: AddTripleInput | null;

  @Field(() => UpdateTripleInput, asMutation("updateTriple"))
  updateTriple?: UpdateTripleInput | null;

  @Field(() => RetractTripleInput, asMutation("retractTriple"))
  retractTriple?: RetractTripleInput | null;

  @Field(() => ID, { nullable: true, description: "Global id of a change to revert." })
  revertChange?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Global ids of proposals to accept, at most 100; one's own as well.",
  })
  acceptProposals?: string[] | null;
}
