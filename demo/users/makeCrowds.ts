import type { FilmIndex } from "./FilmIndex.ts";
import { makeRandom, type Random } from "./random.ts";

/** Films that some users share a liking for, for a reason that no triple tells. */
export interface Crowd {
  readonly name: string;
  /** Sorted by key. */
  readonly films: readonly string[];
}

const COUNT = 8;
const FEWEST_FILMS = 30;
const MOST_FILMS = 45;
/** Crowds that one film is in at most: a film in all of them would tell nothing. */
const MOST_CROWDS = 2;

/** Makes the crowds of the demo: films drawn by fame and chance, whatever their genre, decade or director. */
export function makeCrowds(index: FilmIndex, seed: string): readonly Crowd[] {
  const random = makeRandom(`${seed} crowds`);
  const crowdsOf = new Map<string, number>();
  return Array.from({ length: COUNT }, (_, place) => {
    const films = new Set<string>();
    for (let left = random.whole(FEWEST_FILMS, MOST_FILMS); left > 0; left--) {
      const open = index.films.filter((film) => !films.has(film) && (crowdsOf.get(film) ?? 0) < MOST_CROWDS);
      const film = random.weigh(open, index.fameOf);
      films.add(film);
      crowdsOf.set(film, (crowdsOf.get(film) ?? 0) + 1);
    }
    return { name: `crowd-${place + 1}`, films: [...films].sort() };
  });
}

/** Chooses the one or two crowds that a user belongs to. */
export function chooseCrowds(crowds: readonly Crowd[], random: Random): readonly Crowd[] {
  const first = random.pick(crowds);
  if (random.next() < 0.6) return [first];
  return [first, random.pick(crowds.filter((crowd) => crowd !== first))];
}
