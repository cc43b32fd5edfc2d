import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "./openLog.ts";
import type { RequestRecord } from "./RequestRecord.ts";

/** A request that has ended. */
export interface EndedRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: RequestRecord;
  readonly milliseconds: number;
}

/**
 * Tells of a request: what failed as an error, what found the gateway unavailable or was slow as a warning (but not
 * again and again why it is not ready), all else for debugging only. The document is not told, nor what stands behind
 * `?`, and the variables only where they were noted.
 */
export function logRequest(log: Log, ended: EndedRequest, slowMs: number): void {
  const level = levelOf(ended, slowMs);
  if (!log.isLevelEnabled(level)) return;
  const { request, response, record, milliseconds } = ended;
  const { operation, viewer, variables, traceId, codes, errorIds, stages } = record;
  const path = (request.url ?? "/").split("?", 1)[0];
  const status = response.writableFinished ? response.statusCode : null;
  const entry = {
    ...{ requestId: record.id, method: request.method, path, status, ms: round(milliseconds) },
    ...(operation && { operation: operation.name ?? "anonymous", kind: operation.kind }),
    ...(viewer !== null && { viewer }),
    ...(variables !== null && { variables }),
    ...(traceId !== null && { traceId }),
    ...(codes.size > 0 && { codes: [...codes] }),
    ...(errorIds.length > 0 && { errorIds }),
    ...(Object.keys(stages).length > 0 && { stages: roundAll(stages) }),
  };
  log[level](entry, titleOf(ended, slowMs));
}

function levelOf(
  { response, record, milliseconds }: EndedRequest,
  slowMs: number,
): "debug" | "warn" | "error" {
  const status = response.statusCode;
  if (record.errorIds.length > 0 || (status >= 500 && status !== 503)) return "error";
  return (status === 503 && !record.known) || milliseconds >= slowMs ? "warn" : "debug";
}

function titleOf({ response, milliseconds }: EndedRequest, slowMs: number): string {
  if (!response.writableFinished) return "the client has gone before its answer";
  return milliseconds >= slowMs ? "slow request" : "request";
}

function roundAll(stages: RequestRecord["stages"]): { [stage: string]: number } {
  return Object.fromEntries(Object.entries(stages).map(([stage, ms]) => [stage, round(ms)]));
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
