import { DomainError } from "../errors.ts";
import { PAGE_LIMIT } from "./explanation.ts";
import type { RecommendRequest } from "./types.ts";

const MOST_NAMED = 1_000; // interests, and items of a session
const LONGEST_WINDOW = 1_000 * 365 * 86_400;

/**
 * Asserts what can be seen in a request alone.
 * @throws {DomainError} BAD_USER_INPUT
 */
export function assertRequest(request: RecommendRequest): void {
  const { user, interests, session, diversity, minConfidence, trendingSeconds } = request;
  assertFirst(request.first);
  assertShare("diversity", diversity ?? 0);
  assertShare("minConfidence", minConfidence ?? 0);
  if (user == null && !interests?.length && !session?.length) {
    throw new DomainError(
      "BAD_USER_INPUT",
      "neither user nor interests nor session are given; expected one of them, or more",
    );
  }
  for (const [name, keys] of Object.entries({ interests, session })) {
    if (!keys || keys.length <= MOST_NAMED) continue;
    throw new DomainError(
      "BAD_USER_INPUT",
      `${name} names ${keys.length} keys; expected ${MOST_NAMED} at most`,
    );
  }
  if (trendingSeconds != null) assertWindow(trendingSeconds);
}

/** @throws {DomainError} BAD_USER_INPUT */
export function assertWindow(seconds: number): void {
  if (seconds > 0 && seconds <= LONGEST_WINDOW) return;
  const message = `the window is ${seconds} s; expected more than nothing, and 1000 years at most`;
  throw new DomainError("BAD_USER_INPUT", message);
}

/** @throws {DomainError} BAD_USER_INPUT */
export function assertFirst(first: number): void {
  if (!Number.isInteger(first) || first < 0 || first > PAGE_LIMIT) {
    throw new DomainError("BAD_USER_INPUT", `first is ${first}; expected an integer from 0 to ${PAGE_LIMIT}`);
  }
}

function assertShare(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) {
    throw new DomainError("BAD_USER_INPUT", `${name} is ${value}; expected a number from 0 to 1`);
  }
}
