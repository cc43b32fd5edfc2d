import { DomainError } from "../errors.ts";
import { MAX_PAGE } from "../schema/limits.ts";

/** @throws {DomainError} BAD_USER_INPUT where a request names too many users */
export function assertUserCount(count: number): void {
  if (count <= MAX_PAGE) return;
  throw new DomainError("BAD_USER_INPUT", `users has ${count} keys; expected at most ${MAX_PAGE}`);
}
