import { chooseTastes } from "./chooseTastes.ts";
import type { FilmIndex } from "./FilmIndex.ts";
import { makeRandom, type Random } from "./random.ts";
import type { Taste } from "./Taste.ts";

/** One rating. Time is in seconds since 1970. */
export interface SimulatedRating {
  readonly film: string;
  /** 0.5..5 in steps of a half. */
  readonly value: number;
  readonly timestamp: number;
}

export interface SimulatedUser {
  readonly user: string;
  readonly tastes: readonly Taste[];
  /** In the order of time. */
  readonly ratings: readonly SimulatedRating[];
}

/** Part of the films that a user meets by taste; the others are met by fame alone. */
const BY_TASTE = 0.75;
/** Part of a taste's films that a user has seen at most: some are left to recommend. */
const MOST_SEEN = 0.6;
/** 2 January 2012: every film of the demo is out. */
const OPENING = Date.UTC(2012, 0, 2) / 1000;
const DAY = 24 * 3600;

/** Simulates one user: tastes, and 15 to 60 ratings that follow from them. The same seed gives the same user. */
export function simulateUser(user: string, index: FilmIndex, seed: string): SimulatedUser {
  const random = makeRandom(`${seed} ${user}`);
  const tastes = chooseTastes(user, index, random);
  const seen = new Set<string>();
  const ratings: SimulatedRating[] = [];
  let timestamp =
    OPENING + random.whole(0, 2 * 365) * DAY + random.whole(17, 21) * 3600 + random.whole(0, 3599);
  for (let left = random.whole(15, 60); left > 0; left--) {
    const film = meetFilm(tastes, index, seen, random);
    seen.add(film);
    ratings.push({ film, value: rate(film, tastes, index, random), timestamp });
    timestamp +=
      random.next() < 0.4
        ? random.whole(95, 200) * 60
        : random.whole(1, 12) * DAY + random.whole(-7200, 7200);
  }
  return { user, tastes, ratings };
}

function meetFilm(
  tastes: readonly Taste[],
  index: FilmIndex,
  seen: ReadonlySet<string>,
  random: Random,
): string {
  const unseen = (films: readonly string[]) => films.filter((film) => !seen.has(film));
  const open = tastes.filter((taste) => {
    const films = index.filmsOf(taste);
    return films.length - unseen(films).length < MOST_SEEN * films.length;
  });
  const followsTaste = random.next() < BY_TASTE && open.length > 0;
  if (!followsTaste) return random.weigh(unseen(index.films), index.fameOf);
  const taste = random.weigh(open, ({ weight }) => Math.round(weight * 10));
  return random.weigh(unseen(index.filmsOf(taste)), index.fameOf);
}

/** Rates by how well the film fits the tastes, how good others find it, and chance. */
function rate(film: string, tastes: readonly Taste[], index: FilmIndex, random: Random): number {
  const fit = tastes.reduce(
    (sum, taste) => sum + (index.filmsOf(taste).includes(film) ? taste.weight : 0),
    0,
  );
  const liking = 2.6 + 1.5 * Math.min(fit, 1.2) + 0.3 * index.qualityOf(film) + 0.6 * random.bell();
  return Math.min(5, Math.max(0.5, Math.round(liking * 2) / 2));
}
