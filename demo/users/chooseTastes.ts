import { CHOSEN } from "./chosen.ts";
import type { FilmIndex } from "./FilmIndex.ts";
import type { Random } from "./random.ts";
import type { Taste } from "./Taste.ts";

/** A taste with fewer films than this is narrow: a user soon has no more of them to meet. */
const NARROW = 36;
/** A taste with more films is none: it would fit almost every film. */
const BROADEST = 600;

/** Part of the users who have a favourite director. */
const WITH_DIRECTOR = 0.75;

/** Chooses 1 to 3 tastes for `user`: a favourite director, for most, and one or two broad ones. */
export function chooseTastes(user: string, index: FilmIndex, random: Random): readonly Taste[] {
  const chosen = CHOSEN[user]?.tastes;
  if (chosen !== undefined) return chosen;
  const broad = (["has_genre", "told_as", "released_in"] as const).flatMap((relation) =>
    index.entitiesWith(relation, NARROW, BROADEST).map((entity) => ({ relation, entity })),
  );
  const directors = index
    .entitiesWith("directed_by", 8, NARROW)
    .map((entity) => ({ relation: "directed_by" as const, entity }));
  const breadth = (taste: (typeof broad)[number]) => Math.round(10 * Math.sqrt(index.filmsOf(taste).length));
  const tastes: Taste[] = [];
  if (random.next() < WITH_DIRECTOR) tastes.push({ ...random.pick(directors), weight: 1 });
  const count = tastes.length + random.whole(1, 2);
  while (tastes.length < count) {
    const taste = random.weigh(broad, breadth);
    if (tastes.some(({ entity }) => entity === taste.entity)) continue;
    tastes.push({ ...taste, weight: random.whole(4, 8) / 10 });
  }
  return tastes;
}
