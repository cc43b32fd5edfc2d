import type { GraphQLRequestContextDidResolveOperation } from "@apollo/server";
import type { Part, Steps } from "../joinParts.ts";
import type { RequestRecord } from "./RequestRecord.ts";

/** Where the context of a request keeps its record; Apollo copies contexts, so the key is a property. */
export const RECORD = Symbol("record");

const RETRY_SECONDS = "1";

interface Observed {
  readonly viewer: { readonly authenticated: boolean; readonly name: string };
  readonly [RECORD]?: RequestRecord;
}

/**
 * Makes the part that notes which operation a request ran, who sent it, and what it was answered with. An answer without
 * any data, where nothing is wrong but that a part of the gateway is out of reach, gets status 503: clients and proxies
 * may then send the request again.
 */
export function observeOperations<Context extends Observed>(noteVariables = false): Part<Context> {
  const steps: Steps<Context> = {
    didResolveOperation(resolved) {
      const record = resolved.contextValue[RECORD];
      if (record) noteOperation(record, resolved, noteVariables);
    },
    willSendResponse(answered) {
      const { body, http } = answered.response;
      if (body.kind !== "single" || !body.singleResult.errors) return;
      const { errors, data } = body.singleResult;
      const record = answered.contextValue[RECORD];
      for (const { extensions } of errors) {
        if (typeof extensions?.code === "string") record?.codes.add(extensions.code);
        if (typeof extensions?.errorId === "string") record?.errorIds.push(extensions.errorId);
      }
      if (!errors.every(({ extensions }) => extensions?.code === "UNAVAILABLE")) return;
      if (Object.values(data ?? {}).some((value) => value !== null)) return;
      http.status = 503;
      http.headers.set("retry-after", RETRY_SECONDS);
    },
  };
  return () => steps;
}

function noteOperation<Context extends Observed>(
  record: RequestRecord,
  resolved: GraphQLRequestContextDidResolveOperation<Context>,
  noteVariables: boolean,
): void {
  const { operation, operationName, request, contextValue } = resolved;
  if (operation) record.operation = { name: operationName, kind: operation.operation };
  noteViewer(record, contextValue.viewer);
  if (noteVariables) record.variables = request.variables ?? {};
}

export function noteViewer(record: RequestRecord, { authenticated, name }: Observed["viewer"]): void {
  if (authenticated) record.viewer = name.startsWith("jwt:") ? "jwt" : name;
}
