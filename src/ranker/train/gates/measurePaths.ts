import { measureUser } from "../measureUser.ts";
import type { UserPaths } from "./collectPaths.ts";

/** Mean nDCG@10 of the users, given the scores of their rows, user after user; a held-out item that is not found is missed. */
export function measurePaths(users: readonly UserPaths[], scores: Float64Array): number {
  let sum = 0;
  let first = 0;
  for (const { rows, targets, found } of users) {
    sum += measureUser(scores.subarray(first, first + rows), targets, found);
    first += rows;
  }
  return users.length > 0 ? sum / users.length : 0;
}
