import type { IncomingMessage } from "node:http";
import { requestIdOf } from "./requestId.ts";

/** The stages of a recommendation, in their order. */
export const STAGES = ["history", "ranking", "evidence", "sentences"] as const;
export type Stage = (typeof STAGES)[number];

/** Notes how long a stage takes; what is asynchronous until it has ended. */
export type TimeStage = <T>(stage: Stage, work: () => T) => T;

/** What is noted of a request while it is answered: enough for its line in the log, and for the metrics. */
export class RequestRecord {
  readonly started = performance.now();
  /** The operation that it asks for, once its document is known to be valid. */
  operation: { readonly name: string | null; readonly kind: string } | null = null;
  /** What it was counted to cost, once it was. */
  cost = 0;
  /** Codes of the errors that it was answered with. */
  readonly codes = new Set<string>();
  /** Ids of the bugs that it has met. */
  readonly errorIds: string[] = [];
  /** Whether its answer is the one that the log has been told of last: whoever asks once a second is told of once. */
  known = false;
  /** Name of the key that it was sent with, `jwt` for a token, which may name a person; null for nobody. */
  viewer: string | null = null;
  /** Null unless they are to be told. */
  variables: Readonly<Record<string, unknown>> | null = null;
  /** Trace that it is part of. */
  traceId: string | null = null;
  /** Called when the client has gone before its answer; null where nothing is to be ended then. */
  onGone: (() => void) | null = null;
  /** Milliseconds by stage. */
  readonly stages: { [stage in Stage]?: number } = {};

  constructor(readonly id: string) {}

  readonly timeStage: TimeStage = (stage, work) => {
    const since = performance.now();
    const result = work();
    const note = () => {
      this.stages[stage] = (this.stages[stage] ?? 0) + performance.now() - since;
    };
    if (result instanceof Promise) result.then(note, note);
    else note();
    return result;
  };
}

const RECORD = Symbol("record");
type Recorded = IncomingMessage & { [RECORD]?: RequestRecord };

/** The record of a request, begun when it is first asked for. */
export function recordOf(request: IncomingMessage): RequestRecord {
  const recorded = request as Recorded;
  recorded[RECORD] ??= new RequestRecord(requestIdOf(request.headers["x-request-id"]));
  return recorded[RECORD];
}
