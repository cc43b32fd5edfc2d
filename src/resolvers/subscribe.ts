import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { Change, Job } from "../kg/types.ts";
import type { RecommendationPage } from "../recommend/types.ts";
import { parseGlobalId } from "../schema/globalId.ts";
import { actorOf } from "./actorOf.ts";
import { requireEntityBy } from "./findEntityBy.ts";

/** The changes of the graph, or of one entity by its key. @throws {DomainError} NOT_FOUND for an unknown key */
export async function subscribeToGraph(key: string | null, context: Context): Promise<AsyncIterable<Change>> {
  const entity = key === null ? null : (await requireEntityBy({ key }, context)).id;
  return context.live.changes(entity, context.drop);
}

/** A user's recommendations as they change. */
export function subscribeToRecommendations(
  request: { readonly user: string; readonly first: number },
  { live, drop }: Context,
): Promise<AsyncIterable<RecommendationPage>> {
  return live.recommendations(request, drop);
}

/** A job as it goes on. @throws {DomainError} NOT_FOUND for an id that is unknown, or of a job that is not to be seen */
export async function subscribeToJob(
  globalId: string,
  { viewer, jobs, live, drop }: Context,
): Promise<AsyncIterable<Job>> {
  const { id } = parseGlobalId(globalId, "Job");
  if (await jobs.findJob(id, actorOf(viewer))) return live.job(id, drop);
  throw new DomainError("NOT_FOUND", `there is no job ${globalId}; expected the id of a job`);
}
