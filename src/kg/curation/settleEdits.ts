import { DomainError } from "../../errors.ts";
import type { Curation, Revision } from "../types.ts";

/**
 * Makes edits return once this process's snapshot holds them, so that whoever made one sees it in the next
 * answer without asking for a `minRevision`. An edit whose revision does not come in time is committed all
 * the same, and returns.
 */
export function settleEdits(curation: Curation, waitFor: (revision: Revision) => Promise<void>): Curation {
  const settle = async <Result extends { readonly graphRevision: Revision }>(
    edit: Promise<Result>,
    dryRun: boolean | null | undefined,
  ): Promise<Result> => {
    const result = await edit;
    if (!dryRun) await waitFor(result.graphRevision).catch(acceptDelay);
    return result;
  };
  return {
    createEntity: (input, options) => settle(curation.createEntity(input, options), options.dryRun),
    updateEntity: (by, patch, options) => settle(curation.updateEntity(by, patch, options), options.dryRun),
    deleteEntity: (by, options) => settle(curation.deleteEntity(by, options), options.dryRun),
    mergeEntities: (merge, options) => settle(curation.mergeEntities(merge, options), options.dryRun),
    defineRelation: (input, options) => settle(curation.defineRelation(input, options), options.dryRun),
    defineShape: (input, options) => settle(curation.defineShape(input, options), options.dryRun),
    deleteShape: (key, options) => settle(curation.deleteShape(key, options), options.dryRun),
    updateTriple: (id, patch, options) => settle(curation.updateTriple(id, patch, options), options.dryRun),
    addTriple: (input, options) => settle(curation.addTriple(input, options), options.dryRun),
    retractTriple: (id, options) => settle(curation.retractTriple(id, options), options.dryRun),
    revertChange: (revision, options) => settle(curation.revertChange(revision, options), options.dryRun),
    recordInteractions: (rows, options) => settle(curation.recordInteractions(rows, options), options.dryRun),
    forgetUser: (user) => curation.forgetUser(user),
  };
}

function acceptDelay(error: unknown): void {
  if (!(error instanceof DomainError && error.code === "UNAVAILABLE")) throw error;
}
