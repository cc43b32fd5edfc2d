import { DomainError } from "../../../errors.ts";
import type { Source } from "../findSource.ts";
import { type RowReader, readRows } from "../readRows.ts";
import type { ImportOptions, ImportRecord, ReadPlan } from "../types.ts";
import { type Columns, findColumns } from "./columns.ts";

type Table = (columns: Columns, type: string) => RowReader;
const TABLES: Readonly<Record<string, Table>> = {
  movies: readMovies,
  links: readLinks,
  tags: readTags,
  ratings: readRatings,
};

/**
 * Plans the reading of a MovieLens folder: movies.csv (genres become has_genre triples), ratings.csv, links.csv
 * (attributes) and tags.csv (tagged triples, without who tagged and when).
 */
export function planMovielens(source: Source, options: ImportOptions): ReadPlan {
  const type = options.type ?? "movie";
  const files = Object.entries(TABLES).flatMap(([table, read]) => {
    const file = source.files.find(({ name }) => name.replace(/\.gz$/, "") === `${table}.csv`);
    if (!file) return [];
    const onHeader = (header: readonly string[]) => read(findColumns(file.name, header), type);
    return [
      {
        file,
        rows: (onBytes: (bytes: number) => void) => readRows(file, { separator: ",", onHeader }, onBytes),
      },
    ];
  });
  if (files.length === 0) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `no MovieLens table at ${source.name}; expected ratings.csv and movies.csv`,
    );
  }
  const known = new Set(files.map(({ file }) => file.name));
  const skipped = source.files
    .filter(({ name }) => /\.csv(\.gz)?$/.test(name) && !known.has(name))
    .map(({ name }) => ({ file: name, reason: "not a table that is read" }));
  return { files, skipped, fallbackType: null };
}

/** Key of a bare number; an empty one stays empty, so that the row is refused. */
function keyOf(type: string, id: string): string {
  return id === "" ? "" : `${type}:${id}`;
}

function readMovies(columns: Columns, type: string): RowReader {
  const [id, title, genres] = [
    columns.required("movieId"),
    columns.required("title"),
    columns.optional("genres"),
  ];
  return (cells) => {
    const key = keyOf(type, id(cells));
    const name = title(cells).trim();
    const year = /\((\d{4})\)$/.exec(name)?.[1];
    const records: ImportRecord[] = [
      {
        kind: "entity",
        key,
        name: name || null,
        type,
        isItem: "true",
        attributes: year ? JSON.stringify({ year: Number(year) }) : null,
      },
    ];
    for (const genre of (genres(cells) ?? "").split("|")) {
      if (genre === "" || genre === "(no genres listed)") continue;
      records.push({ kind: "entity", key: `genre:${genre}`, name: genre, type: "genre" });
      records.push({ kind: "triple", head: key, relation: "has_genre", tail: `genre:${genre}` });
    }
    return records;
  };
}

function readLinks(columns: Columns, type: string): RowReader {
  const [id, imdb, tmdb] = [
    columns.required("movieId"),
    columns.optional("imdbId"),
    columns.optional("tmdbId"),
  ];
  return (cells) => {
    const imdbId = imdb(cells);
    const tmdbId = tmdb(cells);
    const attributes = {
      ...(imdbId === null ? {} : { imdbId: imdbId.startsWith("tt") ? imdbId : `tt${imdbId}` }),
      ...(tmdbId === null ? {} : { tmdbId }),
    };
    return [{ kind: "entity", key: keyOf(type, id(cells)), attributes: JSON.stringify(attributes) }];
  };
}

function readTags(columns: Columns, type: string): RowReader {
  const [id, tag] = [columns.required("movieId"), columns.required("tag")];
  return (cells) => {
    const name = tag(cells).trim();
    const key = keyOf("tag", name.toLowerCase());
    return [
      { kind: "entity", key, name: name.toLowerCase(), type: "tag" },
      { kind: "triple", head: keyOf(type, id(cells)), relation: "tagged", tail: key },
    ];
  };
}

function readRatings(columns: Columns, type: string): RowReader {
  const [user, id] = [columns.required("userId"), columns.required("movieId")];
  const [rating, at] = [columns.optional("rating"), columns.optional("timestamp")];
  return (cells) => [
    {
      kind: "interaction",
      user: user(cells),
      item: keyOf(type, id(cells)),
      weight: rating(cells),
      at: at(cells),
    },
  ];
}
