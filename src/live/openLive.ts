import type { Context } from "../context.ts";
import type { Database } from "../kg/database.ts";
import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import type { Jobs } from "../kg/types.ts";
import type { Models } from "../models/openModels.ts";
import type { Recommender } from "../recommend/types.ts";
import { ChangeStream } from "./ChangeStream.ts";
import { JobStream } from "./JobStream.ts";
import { RecommendationStream } from "./RecommendationStream.ts";

export interface Live {
  readonly streams: Context["live"];
  /** Ends what is still read. */
  close(): Promise<void>;
}

/**
 * Opens the streams that subscriptions read. All are fed by the notices of Postgres that keep the snapshot, so that
 * every process serves what happens in any.
 */
export function openLive(parts: {
  readonly db: Database;
  readonly snapshot: LiveSnapshot;
  readonly models: Models;
  readonly jobs: Jobs;
  /** Answers with the model that serves at the time. */
  readonly recommender: Recommender;
}): Live {
  const changes = new ChangeStream(parts.db, parts.snapshot);
  const jobs = new JobStream(parts.jobs, parts.snapshot);
  const recommendations = new RecommendationStream(parts);
  return {
    streams: {
      changes: (entity, drop) => changes.open(entity, drop),
      job: (id, drop) => jobs.open(id, drop),
      recommendations: (request, drop) => recommendations.open(request, drop),
    },
    async close() {
      await Promise.all([changes.close(), jobs.close(), recommendations.close()]);
    },
  };
}
