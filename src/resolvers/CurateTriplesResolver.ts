import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { Context } from "../context.ts";
import { parseGlobalId } from "../schema/globalId.ts";
import { AddTripleInput } from "../schema/inputs/AddTripleInput.ts";
import { RetractTripleInput } from "../schema/inputs/RetractTripleInput.ts";
import { UpdateTripleInput } from "../schema/inputs/UpdateTripleInput.ts";
import { Needs } from "../schema/Needs.ts";
import { TriplePayload } from "../schema/payloads/TriplePayload.ts";
import { newSources, newTriple } from "./newTriple.ts";
import { splitEdit } from "./splitEdit.ts";

/** Mutations that edit triples. */
@Resolver()
export class CurateTriplesResolver {
  @Needs("graph:write")
  @Mutation(() => TriplePayload, { description: "Adds a triple." })
  async addTriple(
    @Arg("input", () => AddTripleInput, { description: "The triple." }) input: AddTripleInput,
    @Ctx() { viewer, curation, clear }: Context,
  ) {
    const [triple, options] = splitEdit(input, viewer);
    const { value, ...result } = await curation.addTriple(newTriple(triple), options);
    clear();
    return { ...result, triple: value };
  }

  @Needs("graph:write")
  @Mutation(() => TriplePayload, {
    description: "Alters what is said about a triple.",
  })
  async updateTriple(
    @Arg("input", () => UpdateTripleInput, { description: "What shall differ." }) input: UpdateTripleInput,
    @Ctx() { viewer, curation, clear }: Context,
  ) {
    const [{ id, expectedRevision, sources, ...statement }, options] = splitEdit(input, viewer);
    const patch = { ...statement, sources: newSources(sources) };
    const triple = parseGlobalId(id, "Triple").id;
    const { value, ...result } = await curation.updateTriple(triple, patch, {
      ...options,
      expectedRevision,
    });
    clear();
    return { ...result, triple: value };
  }

  @Needs("graph:write")
  @Mutation(() => TriplePayload, {
    description: "Takes a triple back; the change log keeps it.",
  })
  async retractTriple(
    @Arg("input", () => RetractTripleInput, { description: "The triple." }) input: RetractTripleInput,
    @Ctx() { viewer, curation, clear }: Context,
  ) {
    const [{ id, expectedRevision }, options] = splitEdit(input, viewer);
    const triple = parseGlobalId(id, "Triple").id;
    const { value, ...result } = await curation.retractTriple(triple, { ...options, expectedRevision });
    clear();
    return { ...result, triple: value };
  }
}
