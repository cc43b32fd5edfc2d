import type { FilmIndex } from "./FilmIndex.ts";
import type { Random } from "./random.ts";
import type { Taste } from "./Taste.ts";

/** Users whose tastes are set by hand, for examples that are easy to follow. */
const CHOSEN: Readonly<Record<string, readonly Taste[]>> = {
  ada: [
    { relation: "directed_by", entity: "person:ridley-scott", weight: 1 },
    { relation: "told_as", entity: "creative_type:science-fiction", weight: 0.8 },
  ],
  bo: [
    { relation: "directed_by", entity: "person:woody-allen", weight: 1 },
    { relation: "has_genre", entity: "genre:romantic-comedy", weight: 0.7 },
  ],
  cleo: [
    { relation: "has_genre", entity: "genre:horror", weight: 1 },
    { relation: "released_in", entity: "decade:1980s", weight: 0.5 },
  ],
  dev: [{ relation: "told_as", entity: "creative_type:superhero-fiction", weight: 1 }],
};

/** A taste with fewer films than this is narrow: a user soon has no more of them to meet. */
const NARROW = 36;
/** A taste with more films is none: it would fit almost every film. */
const BROADEST = 600;

/** Chooses 1 to 3 tastes for `user`, the first of them broad and the strongest. */
export function chooseTastes(user: string, index: FilmIndex, random: Random): readonly Taste[] {
  const chosen = CHOSEN[user];
  if (chosen !== undefined) return chosen;
  const broad = (["has_genre", "told_as", "released_in"] as const).flatMap((relation) =>
    index.entitiesWith(relation, NARROW, BROADEST).map((entity) => ({ relation, entity })),
  );
  const directors = index
    .entitiesWith("directed_by", 6, NARROW)
    .map((entity) => ({ relation: "directed_by" as const, entity }));
  const breadth = (taste: (typeof broad)[number]) => Math.round(10 * Math.sqrt(index.filmsOf(taste).length));
  const tastes: Taste[] = [{ ...random.weigh(broad, breadth), weight: 1 }];
  const count = random.whole(1, 3);
  while (tastes.length < count) {
    const taste = random.next() < 0.6 ? random.pick(directors) : random.weigh(broad, breadth);
    if (tastes.some(({ entity }) => entity === taste.entity)) continue;
    tastes.push({ ...taste, weight: random.whole(5, 10) / 10 });
  }
  return tastes;
}
