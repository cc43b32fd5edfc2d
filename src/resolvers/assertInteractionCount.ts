import { DomainError } from "../errors.ts";
import { MAX_INTERACTIONS } from "../schema/limits.ts";

/** @throws {DomainError} BAD_USER_INPUT where a request carries too many interactions */
export function assertInteractionCount(count: number): void {
  if (count <= MAX_INTERACTIONS) return;
  throw new DomainError(
    "BAD_USER_INPUT",
    `interactions has ${count} rows; expected at most ${MAX_INTERACTIONS} per request`,
  );
}
