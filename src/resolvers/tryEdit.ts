import type { ImpactRequest, Viewer } from "../context.ts";
import { DomainError } from "../errors.ts";
import { parseGlobalId } from "../schema/globalId.ts";
import type { EditInput } from "../schema/inputs/EditInput.ts";
import type { ImpactChangeInput } from "../schema/inputs/ImpactChangeInput.ts";
import { entityBy } from "./entityBy.ts";
import { newSources, newTriple } from "./newTriple.ts";
import { splitEdit } from "./splitEdit.ts";

/** Accepting is tried as by nobody: also what the viewer proposed may be looked at. */
const NOBODY = "whygraph preview";

/** Makes the edit that an input names; it is to run where it is rolled back. */
export function tryEdit(change: ImpactChangeInput, viewer: Viewer): ImpactRequest["edit"] {
  const { createEntity, addTriple, defineRelation, revertChange, acceptProposals } = change;
  if (createEntity) return ({ curation }) => curation.createEntity(...split(createEntity, viewer));
  if (defineRelation) return ({ curation }) => curation.defineRelation(...split(defineRelation, viewer));
  if (addTriple) {
    const [triple, options] = split(addTriple, viewer);
    return ({ curation }) => curation.addTriple(newTriple(triple), options);
  }
  if (revertChange) {
    const { id } = parseGlobalId(revertChange, "Change");
    return ({ curation }) => curation.revertChange(id, { actor: viewer.name });
  }
  if (acceptProposals) {
    const ids = acceptProposals.map((id) => parseGlobalId(id, "Proposal").id);
    const decisions = ids.map((id) => ({ id, decision: "ACCEPT" as const }));
    return ({ proposals }) => proposals.review(decisions, { actor: NOBODY });
  }
  return tryEditOfKnown(change, viewer);
}

function tryEditOfKnown(change: ImpactChangeInput, viewer: Viewer): ImpactRequest["edit"] {
  const { updateEntity, deleteEntity, mergeEntities, updateTriple, retractTriple } = change;
  if (updateEntity) {
    const [{ by, expectedRevision, ...patch }, options] = split(updateEntity, viewer);
    return ({ curation }) => curation.updateEntity(entityBy(by), patch, { ...options, expectedRevision });
  }
  if (deleteEntity) {
    const [{ by, ...more }, options] = split(deleteEntity, viewer);
    return ({ curation }) => curation.deleteEntity(entityBy(by), { ...options, ...more });
  }
  if (mergeEntities) {
    const [{ into, from, expectedRevision }, options] = split(mergeEntities, viewer);
    const merge = { into: entityBy(into), from: from.map(entityBy) };
    return ({ curation }) => curation.mergeEntities(merge, { ...options, expectedRevision });
  }
  if (updateTriple) {
    const [{ id, expectedRevision, sources, ...statement }, options] = split(updateTriple, viewer);
    const patch = { ...statement, sources: newSources(sources) };
    const triple = parseGlobalId(id, "Triple").id;
    return ({ curation }) => curation.updateTriple(triple, patch, { ...options, expectedRevision });
  }
  if (retractTriple) {
    const [{ id, expectedRevision }, options] = split(retractTriple, viewer);
    const triple = parseGlobalId(id, "Triple").id;
    return ({ curation }) => curation.retractTriple(triple, { ...options, expectedRevision });
  }
  throw new DomainError("BAD_USER_INPUT", "change names no edit; expected exactly one of its fields");
}

/** The edit as it would be made: a dry run would write nothing to measure, and no answer is to be kept. */
function split<T extends EditInput>(input: T, viewer: Viewer) {
  return splitEdit({ ...input, dryRun: false, idempotencyKey: null }, viewer);
}
