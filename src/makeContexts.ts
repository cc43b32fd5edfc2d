import type { Context, Viewer } from "./context.ts";
import { type Ending, withSignal } from "./kg/cancel.ts";
import { makeAssessments } from "./kg/curation/proposals/makeAssessments.ts";
import type { Database } from "./kg/database.ts";
import { createKnowledge } from "./kg/knowledge.ts";
import { LazyLoaders } from "./kg/loaders.ts";
import { createPast } from "./kg/past/createPast.ts";
import { makePastLoaders } from "./kg/past/makePastLoaders.ts";
import type { Reads } from "./kg/reads/types.ts";
import type { Models } from "./models/openModels.ts";
import { portsUntil } from "./portsUntil.ts";
import { createRecommender } from "./recommend/createRecommender.ts";
import type { RecommendPorts } from "./recommend/ports.ts";
import { timePorts } from "./timePorts.ts";

/** What a context has of its own, whichever request it is for. */
type Own =
  | keyof LazyLoaders
  | "viewer"
  | "drop"
  | "knowledge"
  | "past"
  | "recommender"
  | "assessments"
  | "pastLoaders";

interface Parts {
  readonly db: Database;
  readonly reads: Reads;
  readonly models: Pick<Models, "pin">;
  readonly ports: Omit<RecommendPorts, "ranker">;
  /** What all requests share. */
  readonly shared: Omit<Context, Own | "timeStage" | "languages" | "holdsWhile"> &
    Pick<Context, "past" | "knowledge">;
}

/**
 * Makes what makes the contexts of requests. A context makes its parts when they are asked for: most requests ask for few,
 * and what all share is in the prototype, which Apollo does not copy. With an ending, the statements of a request are
 * cancelled then; reads that requests share are short, and end by themselves.
 */
export function makeContexts({ db, reads, models, ports, shared }: Parts) {
  const { past, knowledge, ...rest } = shared;

  class RequestContext extends LazyLoaders {
    constructor(
      readonly viewer: Viewer,
      readonly drop: Context["drop"],
      private readonly ending: Ending | null,
    ) {
      super(ending ? withSignal(db, ending) : db, reads);
    }

    get knowledge() {
      return this.ending ? this.once("knowledge", () => createKnowledge(this.db, reads)) : knowledge;
    }
    get past() {
      return this.ending ? this.once("past", () => createPast(this.db)) : past;
    }
    get assessments() {
      return this.once("assessments", () => makeAssessments(db));
    }
    get pastLoaders() {
      return this.once("pastLoaders", () => makePastLoaders(past));
    }
    /** All of one request is answered by one model, also while another takes over. */
    get recommender() {
      return this.once("recommender", () => {
        const watch = () => (this as Pick<Context, "timeStage">).timeStage;
        const pinned = timePorts({ ...ports, ranker: models.pin() }, watch);
        return createRecommender(this.ending ? portsUntil(this.ending, this.db, pinned) : pinned);
      });
    }
  }
  Object.assign(RequestContext.prototype, rest);
  return (viewer: Viewer, drop: Context["drop"] = ignore, ending: Ending | null = null): Context =>
    new RequestContext(viewer, drop, ending) as RequestContext & typeof rest;
}

function ignore(): void {}
