import { chooseTastes } from "./chooseTastes.ts";
import { CHOSEN } from "./chosen.ts";
import type { FilmIndex } from "./FilmIndex.ts";
import { type Crowd, chooseCrowds } from "./makeCrowds.ts";
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
  readonly crowds: readonly Crowd[];
  /** In the order of time. */
  readonly ratings: readonly SimulatedRating[];
}

/** Parts of the films that a user meets by taste and through a crowd; the others are met by fame alone. */
const BY_TASTE = 0.44;
const BY_CROWD = 0.32;
/** Part of the films of a taste or a crowd that a user has seen at most: some are left to recommend. */
const MOST_SEEN = 0.6;
/** 2 January 2012: every film of the demo is out. */
const OPENING = Date.UTC(2012, 0, 2) / 1000;
const DAY = 24 * 3600;

/** Where simulated users meet films. */
export interface Cinema {
  readonly index: FilmIndex;
  readonly crowds: readonly Crowd[];
}

/** What one user likes films for. */
interface Liking {
  readonly tastes: readonly Taste[];
  readonly crowds: readonly Crowd[];
}

/**
 * Simulates one user: tastes, crowds, and 15 to 60 ratings that follow from them. The same seed gives the same
 * user.
 */
export function simulateUser(user: string, { index, crowds }: Cinema, seed: string): SimulatedUser {
  const random = makeRandom(`${seed} ${user}`);
  const liking = { tastes: chooseTastes(user, index, random), crowds: chooseCrowds(crowds, random) };
  const films = meetFilms(user, liking, index, random);
  let timestamp =
    OPENING + random.whole(0, 2 * 365) * DAY + random.whole(17, 21) * 3600 + random.whole(0, 3599);
  const ratings = films.map((film) => {
    const rating = { film, value: rate(film, liking, index, random), timestamp };
    timestamp +=
      random.next() < 0.4
        ? random.whole(95, 200) * 60
        : random.whole(1, 12) * DAY + random.whole(-7200, 7200);
    return rating;
  });
  return { user, ...liking, ratings };
}

/** The films that a user meets, in the order of time: taste does not run out first and fame come last. */
function meetFilms(user: string, liking: Liking, index: FilmIndex, random: Random): readonly string[] {
  const lately = CHOSEN[user]?.lately ?? [];
  const seen = new Set(lately);
  const met: string[] = [];
  for (let left = random.whole(15, 60) - lately.length; left > 0; left--) {
    const film = meetFilm(liking, index, seen, random);
    seen.add(film);
    met.splice(random.whole(0, met.length), 0, film);
  }
  return [...met, ...lately];
}

function meetFilm(
  { tastes, crowds }: Liking,
  index: FilmIndex,
  seen: ReadonlySet<string>,
  random: Random,
): string {
  const unseen = (films: readonly string[]) => films.filter((film) => !seen.has(film));
  const isOpen = (films: readonly string[]) => films.length - unseen(films).length < MOST_SEEN * films.length;
  const openTastes = tastes.filter((taste) => isOpen(index.filmsOf(taste)));
  const openCrowds = crowds.filter(({ films }) => isOpen(films));
  const way = random.next();
  if (way < BY_TASTE && openTastes.length > 0) {
    const taste = random.weigh(openTastes, ({ weight }) => Math.round(weight * 10));
    return random.weigh(unseen(index.filmsOf(taste)), index.fameOf);
  }
  if (way >= BY_TASTE && way < BY_TASTE + BY_CROWD && openCrowds.length > 0) {
    return random.pick(unseen(random.pick(openCrowds).films));
  }
  return random.weigh(unseen(index.films), (film) => index.fameOf(film) ** 3);
}

/** How well a film of one's crowd fits, as the weight of a taste. */
const CROWD_FIT = 0.6;

/** Rates by how well the film fits tastes and crowds, how good others find it, and chance. */
function rate(film: string, { tastes, crowds }: Liking, index: FilmIndex, random: Random): number {
  const byTaste = tastes.filter((taste) => index.filmsOf(taste).includes(film));
  const byCrowd = crowds.some(({ films }) => films.includes(film)) ? CROWD_FIT : 0;
  const fit = byTaste.reduce((sum, { weight }) => sum + weight, byCrowd);
  const liking = 2.6 + 1.5 * Math.min(fit, 1.2) + 0.3 * index.qualityOf(film) + 0.6 * random.bell();
  return Math.min(5, Math.max(0.5, Math.round(liking * 2) / 2));
}
