import { setImmediate } from "node:timers/promises";
import type { ImpactRequest, ImpactResult } from "../context.ts";
import { createCuration } from "../kg/curation/index.ts";
import { createProposals } from "../kg/curation/proposals/createProposals.ts";
import { rehearseEdit } from "../kg/curation/rehearseEdit.ts";
import type { Database } from "../kg/database.ts";
import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import type { Models } from "../models/openModels.ts";
import { measureImpact } from "../recommend/measureImpact.ts";
import type { UserImpact } from "../recommend/types.ts";
import { type ObservedEdit, observeEdit } from "./observeEdit.ts";

/**
 * Says what an edit would do to recommendations: it is written for real, its rows are taken from the change log and
 * put on a copy of the graph in memory, and it is rolled back. Then each user is ranked with both. Other edits wait
 * while it is written and the users' histories are read, not while it ranks.
 */
export async function previewImpact(
  {
    db,
    snapshot,
    models,
  }: { readonly db: Database; readonly snapshot: LiveSnapshot; readonly models: Models },
  request: ImpactRequest,
): Promise<ImpactResult> {
  const found: { observed?: ObservedEdit } = {};
  const { problems, graphRevision } = await rehearseEdit(
    db,
    (rehearsing) =>
      request.edit({ curation: createCuration(rehearsing), proposals: createProposals(rehearsing) }),
    async (rehearsed) => {
      found.observed = await observeEdit({ db, snapshot, models }, rehearsed, request);
    },
  );
  if (!found.observed) return { problems, graphRevision, rows: [], users: [] };
  const { ports, users, rows, revision } = found.observed;
  const impacts: UserImpact[] = [];
  for (const user of users) {
    impacts.push(await measureImpact(ports, user, request.first));
    await setImmediate(); // requests go on between two users
  }
  return { problems, graphRevision: revision, rows, users: impacts };
}
