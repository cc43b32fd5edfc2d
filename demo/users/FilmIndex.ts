import type { FilmGraph, RelationKey } from "../graph/buildFilmGraph.ts";
import type { Taste } from "./Taste.ts";

/** The film graph as a simulated user meets it. */
export interface FilmIndex {
  /** All films. */
  readonly films: readonly string[];
  /** Films that a taste is about, in the order of their keys. */
  filmsOf(taste: Pick<Taste, "relation" | "entity">): readonly string[];
  /** Entities at the end of `relation` that have from `least` to `most` films. */
  entitiesWith(relation: RelationKey, least: number, most: number): readonly string[];
  /** Whole number that grows with the votes that the film got, but slower (their square root): well-known films are met more often. */
  fameOf(film: string): number;
  /** The film's mean rating less that of all films, on a scale of 10; 0 where not known. */
  qualityOf(film: string): number;
}

/** Fame where the source has no votes of the film's own: that of a little-known film. */
const LITTLE_FAME = 35;

/** Prepares `graph` for the simulation. */
export function makeFilmIndex(graph: FilmGraph): FilmIndex {
  const films = graph.items.map(({ key }) => key);
  const fame = new Map<string, number>();
  const quality = new Map<string, number>();
  const ratings = graph.items.flatMap(({ film }) => film.imdbRating ?? []);
  const mean = ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
  for (const { key, film } of graph.items) {
    fame.set(key, film.imdbVotes === null ? LITTLE_FAME : fameFrom(film.imdbVotes));
    quality.set(key, film.imdbRating === null ? 0 : film.imdbRating - mean);
  }
  const ends = new Map<string, Map<string, string[]>>();
  for (const { head, relation, tail } of graph.triples) {
    const entities = ends.get(relation) ?? new Map<string, string[]>();
    ends.set(relation, entities.set(tail, [...(entities.get(tail) ?? []), head]));
  }
  return {
    films,
    filmsOf: ({ relation, entity }) => ends.get(relation)?.get(entity) ?? [],
    entitiesWith: (relation, least, most) =>
      [...(ends.get(relation) ?? [])]
        .filter(([, heads]) => heads.length >= least && heads.length <= most)
        .map(([entity]) => entity)
        .sort(),
    fameOf: (film) => fame.get(film)!,
    qualityOf: (film) => quality.get(film)!,
  };
}

/** A square root is the same to the last digit on every machine; other powers need not be. */
function fameFrom(votes: number): number {
  return Math.round(Math.sqrt(votes));
}
