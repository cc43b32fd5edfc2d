import type { Film } from "../source/cleanMovies.ts";
import type { RELATIONS } from "./relations.ts";
import { SERIES } from "./series.ts";
import { slug } from "./slug.ts";
import { TERMS } from "./terms.ts";

export type RelationKey = (typeof RELATIONS)[number]["key"];

export interface FilmItem {
  readonly key: string;
  readonly film: Film;
}

export interface FilmEntity {
  readonly key: string;
  readonly name: string;
  readonly type: string;
  readonly description: string | null;
  readonly aliases: readonly string[];
}

export interface FilmTriple {
  readonly head: string;
  readonly relation: RelationKey;
  readonly tail: string;
}

export interface FilmGraph {
  /** Sorted by key. */
  readonly items: readonly FilmItem[];
  /** Sorted by key. */
  readonly entities: readonly FilmEntity[];
  /** In the order of the items, and of `RELATIONS` within one. */
  readonly triples: readonly FilmTriple[];
}

/**
 * Builds the graph of `films`. Keys are readable: `movie:alien-1979`, `person:ridley-scott`.
 *
 * @throws Error where two names make one key, or a series names a film that is not there
 */
export function buildFilmGraph(films: readonly Film[]): FilmGraph {
  const items = films
    .map((film) => ({ key: `movie:${slug(film.name)}-${film.year}`, film }))
    .sort((a, b) => compareText(a.key, b.key));
  const itemKeys = new Set(items.map(({ key }) => key));
  if (itemKeys.size < items.length) throw new Error(`${items.length} films make ${itemKeys.size} keys`);
  const seriesOf = findSeries(itemKeys);
  const entities = new Map<string, FilmEntity>();
  const triples: FilmTriple[] = [];
  for (const { key, film } of items) {
    for (const [relation, entity] of describeFilm(film, seriesOf.get(key) ?? null)) {
      addEntity(entities, entity);
      triples.push({ head: key, relation, tail: entity.key });
    }
  }
  return { items, entities: [...entities.values()].sort((a, b) => compareText(a.key, b.key)), triples };
}

/** Orders text by its code units, the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function describeFilm(film: Film, series: string | null): [RelationKey, FilmEntity][] {
  const facts: [RelationKey, string, string | null][] = [
    ["directed_by", "person", film.director],
    ["has_genre", "genre", film.genre],
    ["told_as", "creative_type", film.creativeType],
    ["based_on", "source", film.source],
    ["part_of_series", "series", series],
    ["released_in", "decade", `${film.year - (film.year % 10)}s`],
    ["distributed_by", "company", film.distributor],
    ["certified_as", "certificate", film.certificate],
  ];
  return facts.flatMap(([relation, type, word]) => {
    if (word === null) return [];
    const alias = type === "person" ? film.directorAlias : null;
    return [[relation, makeEntity(type, word, alias)] satisfies [RelationKey, FilmEntity]];
  });
}

function makeEntity(type: string, word: string, alias: string | null): FilmEntity {
  const term = TERMS[word] ?? { name: word };
  const aliases = alias !== null ? [alias] : term.name === word ? [] : [word];
  const key = `${type}:${slug(term.name)}`;
  return { key, name: term.name, type, description: term.description ?? null, aliases };
}

function addEntity(entities: Map<string, FilmEntity>, entity: FilmEntity): void {
  const known = entities.get(entity.key);
  if (known === undefined) entities.set(entity.key, entity);
  else if (known.name !== entity.name) {
    throw new Error(`key ${entity.key} stands for both "${known.name}" and "${entity.name}"`);
  }
}

function findSeries(itemKeys: ReadonlySet<string>): Map<string, string> {
  const seriesOf = new Map<string, string>();
  for (const [series, keys] of Object.entries(SERIES)) {
    for (const key of keys.map((name) => `movie:${name}`)) {
      if (!itemKeys.has(key))
        throw new Error(`series "${series}" names ${key}, which is no film of the demo`);
      seriesOf.set(key, series);
    }
  }
  return seriesOf;
}
