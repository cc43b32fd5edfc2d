import type { Database } from "./kg/database.ts";
import { findSeen } from "./kg/interactions/findSeen.ts";
import { InteractionFeed } from "./kg/interactions/InteractionFeed.ts";
import { LiveCounts, type LiveLimits } from "./ranker/behaviour/LiveCounts.ts";

/** Co-interactions since a model was fitted, kept as Postgres has them. */
export interface OpenLiveCounts {
  /** Read it anew for each request: after a removal or under another model it is another object. */
  readonly counts: LiveCounts;
  /**
   * What was visible in Postgres when they last changed, as it prints a snapshot: it stands as long as they do, whatever
   * else is committed. Null while another model's are read.
   */
  readonly seen: string | null;
  /** Counts from another model on. */
  follow(model: string): Promise<void>;
  /** Resolves once everything that was committed before the call is counted. @throws where Postgres is out of reach */
  settle(): Promise<void>;
  /** Why they may be behind; null where they are not. */
  readonly problem: string | null;
  close(): Promise<void>;
}

/**
 * Opens the live counts of a model: what users did since it was fitted is read from Postgres, and then followed
 * within milliseconds of its commit, in every process alike. Where no such model is stored nothing is counted.
 */
export async function openLiveCounts(
  db: Database,
  model: string,
  { pollMs, ...limits }: LiveLimits & { readonly pollMs?: number } = {},
): Promise<OpenLiveCounts> {
  const feed = await InteractionFeed.open(db, {
    makeSink: () => new LiveCounts(limits),
    seen: await findSeen(db, model),
    pollMs,
  });
  return {
    get counts() {
      return feed.sink;
    },
    get seen() {
      return feed.changedAt;
    },
    get problem() {
      return feed.problem;
    },
    follow: async (next) => feed.follow(await findSeen(db, next)),
    settle: () => feed.catchUp(),
    close: () => feed.close(),
  };
}
