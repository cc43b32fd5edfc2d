/** What a caller can act on. The GraphQL layer shows the code as `extensions.code`, the CLI as its exit line. */
export type ErrorCode =
  | "BAD_USER_INPUT"
  | "NOT_FOUND"
  | "CONFLICT"
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "UNAVAILABLE"
  | "CONFIGURATION";

/**
 * An error whose text is meant for the caller: what is wrong, the value, and what was expected.
 * Anything else that is thrown is a bug, and its text is hidden from the caller.
 */
export class DomainError extends Error {
  override readonly name = "DomainError";

  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}
