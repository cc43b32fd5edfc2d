import type { Floats } from "../../device/types.ts";
import type { UserPaths } from "./collectPaths.ts";

/** p_u = Σ_j ρ_j·x_j / Σ_j ρ_j of each user, [U × d]. */
export function makeProfiles(users: readonly UserPaths[], embedding: Floats, dim: number): Float64Array {
  const profiles = new Float64Array(users.length * dim);
  visitShares(users, (user, position, share) => {
    for (let k = 0; k < dim; k++) profiles[user * dim + k] += share * embedding[position * dim + k];
  });
  return profiles;
}

/** Adds to the gradient of the embedding what its profiles have: the way back through `makeProfiles`. */
export function spreadProfiles(
  users: readonly UserPaths[],
  profile: Floats,
  dim: number,
  embedding: Floats,
): void {
  visitShares(users, (user, position, share) => {
    for (let k = 0; k < dim; k++) embedding[position * dim + k] += share * profile[user * dim + k];
  });
}

function visitShares(
  users: readonly UserPaths[],
  visit: (user: number, position: number, share: number) => void,
): void {
  users.forEach(({ history, recency }, user) => {
    const total = recency.reduce((sum, weight) => sum + weight, 0);
    history.forEach((position, place) => {
      if (position >= 0 && total > 0) visit(user, position, recency[place] / total);
    });
  });
}
