import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestRecord, Stage } from "./RequestRecord.ts";

/** Makes spans of what is done for a request; absent where traces are off, so that they cost nothing then. */
export interface Tracing {
  /** Runs the answering of a request in a span that continues the client's `traceparent`, and ends with the answer. */
  request<T>(exchange: Exchange, work: () => Promise<T>): Promise<T>;
  /** Runs its GraphQL operation, whose name is known in the end. */
  operation<T>(record: RequestRecord, work: () => Promise<T>): Promise<T>;
  /** Begins a step of an operation; gives what ends it. */
  step(name: "parse" | "validate"): () => void;
  /** Does a stage of recommending. */
  stage<T>(stage: Stage, work: () => T): T;
  /** Runs a SQL statement, whose values are not told; one that no request asked for makes no span. */
  statement<T>(text: string, run: () => Promise<T>): Promise<T>;
  /** Sends what is left. */
  close(): Promise<void>;
}

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: RequestRecord;
}
