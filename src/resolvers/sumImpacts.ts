import type { ItemImpact, UserImpact } from "../recommend/types.ts";

/** Sums what an edit does over users. */
export function sumImpacts(users: readonly UserImpact[]) {
  const count = (of: (user: UserImpact) => readonly ItemImpact[]) =>
    users.reduce((sum, user) => sum + of(user).length, 0);
  const changes = users
    .flatMap(({ entering, leaving, moved }) => [...entering, ...leaving, ...moved])
    .map(({ before, after }) => (after?.score ?? 0) - (before?.score ?? 0));
  return {
    users: users.length,
    usersChanged: users.filter(
      ({ entering, leaving, moved }) => entering.length + leaving.length + moved.length > 0,
    ).length,
    entering: count(({ entering }) => entering),
    leaving: count(({ leaving }) => leaving),
    moved: count(({ moved }) => moved),
    largestScoreChange: changes.reduce((most, one) => (Math.abs(one) > Math.abs(most) ? one : most), 0),
  };
}
