import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** One row of `movies.json` as it stands there, mistakes included. Money is in US dollars. */
export interface MovieRecord {
  readonly Title: string | number | null;
  readonly "Worldwide Gross": number | string | null;
  readonly "Production Budget": number | null;
  /** Such as "Jun 22 1979"; the century is a guess of whoever wrote the file. */
  readonly "Release Date": string | null;
  readonly "MPAA Rating": string | null;
  readonly "Running Time min": number | null;
  readonly Distributor: string | null;
  readonly Source: string | null;
  readonly "Major Genre": string | null;
  readonly "Creative Type": string | null;
  readonly Director: string | null;
  readonly "Rotten Tomatoes Rating": number | null;
  readonly "IMDB Rating": number | null;
  readonly "IMDB Votes": number | null;
}

/** Reads the movies of the installed npm package vega-datasets, in the order of the file. */
export async function readMovies(): Promise<MovieRecord[]> {
  const entry = createRequire(import.meta.url).resolve("vega-datasets");
  const file = join(dirname(entry), "..", "data", "movies.json");
  return JSON.parse(await readFile(file, "utf8"));
}
