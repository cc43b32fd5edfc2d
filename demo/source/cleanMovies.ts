import { cleanDate } from "./cleanDate.ts";
import { cleanTitle } from "./cleanTitle.ts";
import { CORRECTIONS, PEOPLE } from "./corrections.ts";
import type { MovieRecord } from "./readMovies.ts";

/** One film of the demo: what the source says, cleaned. Null stands for not known. */
export interface Film {
  readonly name: string;
  /** Other titles of the film, such as the one in its own language. */
  readonly aliases: readonly string[];
  readonly year: number;
  readonly released: string | null;
  readonly director: string;
  readonly directorAlias: string | null;
  readonly genre: string | null;
  readonly creativeType: string | null;
  readonly source: string | null;
  readonly distributor: string | null;
  readonly certificate: string | null;
  readonly minutes: number | null;
  readonly budget: number | null;
  readonly gross: number | null;
  readonly imdbRating: number | null;
  readonly imdbVotes: number | null;
  readonly rottenTomatoes: number | null;
}

/**
 * Turns the source's rows into films: those with a title, a year and a director. Of rows that turn out to be one
 * film the first is kept.
 *
 * @throws Error where a correction is for no film: the source or a rule has changed
 */
export function cleanMovies(records: readonly MovieRecord[]): Film[] {
  const shared = findSharedVotes(records);
  const films = new Map<string, Film>();
  for (const record of records) {
    const film = cleanMovie(record, shared);
    if (film === null) continue;
    const identity = `${film.name.toLowerCase()} (${film.year})`;
    if (!films.has(identity)) films.set(identity, film);
  }
  assertAllUsed([...films.values()]);
  return [...films.values()];
}

function cleanMovie(record: MovieRecord, shared: ReadonlySet<string>): Film | null {
  const title = cleanTitle(record.Title);
  if (title === null) return null;
  const date = cleanDate(record["Release Date"]);
  const correction = CORRECTIONS[`${title} (${date?.year ?? "undated"})`] ?? {};
  const year = correction.year ?? date?.year;
  const credited = correction.director ?? record.Director;
  if (year === undefined || credited === null || correction.unreleased) return null;
  const director = PEOPLE[credited] ?? credited;
  const votesAreOwn = !shared.has(voteKey(record));
  return {
    name: correction.name ?? title,
    aliases: correction.name === undefined ? [] : [title],
    year,
    released: year === date?.year ? date.day : null,
    director,
    directorAlias: director === credited ? null : credited.replaceAll('""', '"'),
    genre: record["Major Genre"],
    creativeType: record["Creative Type"] === "Multiple Creative Types" ? null : record["Creative Type"],
    source: record.Source === "Compilation" ? null : record.Source,
    distributor: record.Distributor === "Distributor Unknown" ? null : record.Distributor,
    certificate: ["Not Rated", "Open"].includes(record["MPAA Rating"] ?? "") ? null : record["MPAA Rating"],
    minutes: positive(record["Running Time min"]),
    budget: positive(record["Production Budget"]),
    gross: positive(Number(record["Worldwide Gross"])),
    imdbRating: votesAreOwn ? record["IMDB Rating"] : null,
    imdbVotes: votesAreOwn ? record["IMDB Votes"] : null,
    rottenTomatoes: record["Rotten Tomatoes Rating"],
  };
}

function assertAllUsed(films: readonly Film[]): void {
  const titles = new Set(films.flatMap(({ name, aliases }) => [name, ...aliases]));
  const people = new Set(films.flatMap(({ director, directorAlias }) => [director, directorAlias ?? ""]));
  const unused = [
    ...Object.entries(CORRECTIONS)
      .filter(([, { unreleased }]) => !unreleased)
      .map(([title]) => title)
      .filter((title) => !titles.has(title.replace(/ \(\w+\)$/, ""))),
    ...Object.values(PEOPLE).filter((name) => !people.has(name)),
  ];
  if (unused.length > 0) throw new Error(`corrections for no film of the demo: ${unused.join(", ")}`);
}

/** Zero stands for "not known" in the source's figures. */
function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null;
}

function voteKey(record: MovieRecord): string {
  return `${String(record.Title).toLowerCase()}\t${record["IMDB Votes"]}`;
}

/** Finds titles whose film and remake carry the very same votes: one of them has the other's, nobody knows which. */
function findSharedVotes(records: readonly MovieRecord[]): Set<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const record of records) {
    const key = voteKey(record);
    if (seen.has(key)) shared.add(key);
    seen.add(key);
  }
  return shared;
}
