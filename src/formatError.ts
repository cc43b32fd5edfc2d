import { randomUUID } from "node:crypto";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { DomainError } from "./errors.ts";
import { isOutOfReach, OUT_OF_REACH } from "./outOfReach.ts";

const BUG = "INTERNAL_SERVER_ERROR";

/**
 * Shows a caller's mistake as it is and hides a bug: its text goes to `log` once, under the id that the caller
 * gets instead. Apollo calls it for every error of a response.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  log: (line: string) => void = console.error,
): GraphQLFormattedError {
  const cause = causeOf(error);
  const { locations, path } = formatted;
  if (cause instanceof DomainError) {
    return { message: cause.message, locations, path, extensions: { code: cause.code } };
  }
  if (isOutOfReach(cause))
    return { message: OUT_OF_REACH, locations, path, extensions: { code: "UNAVAILABLE" } };
  const code = formatted.extensions?.code ?? BUG;
  if (code !== BUG) {
    const { stacktrace: _, ...shown } = formatted.extensions ?? {};
    return { ...formatted, extensions: { ...shown, code } };
  }
  if (isRefusal(cause)) {
    return { message: cause.message, locations, path, extensions: { code: "BAD_REQUEST" } };
  }
  const errorId = randomUUID();
  log(`whygraph: bug ${errorId} at ${path?.join(".") ?? "the request"}: ${textOf(cause)}`);
  const message = `internal error ${errorId}; the server's log says more under this id`;
  return { message, locations, path, extensions: { code: BUG, errorId } };
}

function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? causeOf(error.originalError) : error;
}

/** What Apollo refuses with a status of the caller's fault, and no code: a document that has not the hash that it came with. */
function isRefusal(cause: unknown): cause is GraphQLError {
  if (!(cause instanceof GraphQLError)) return false;
  const { status } = (cause.extensions.http ?? {}) as { readonly status?: number };
  return status !== undefined && status >= 400 && status < 500;
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
