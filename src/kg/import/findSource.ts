import { readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { DomainError } from "../../errors.ts";
import { IMPORT_FORMATS, type ImportFormat, type ImportOptions, type SourceFile } from "./types.ts";

/** What lies at the path that is to be imported. */
export interface Source {
  /** Name of the folder or file, without its place. */
  readonly name: string;
  readonly isFolder: boolean;
  /** Sorted by name. */
  readonly files: readonly SourceFile[];
}

/**
 * Finds the files to import; `except`, where rejected rows go, is none of them.
 * @throws {DomainError} BAD_USER_INPUT where there is nothing at the path
 */
export async function findSource(path: string, except: string): Promise<Source> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new DomainError("BAD_USER_INPUT", `nothing at ${path}; expected a folder or a file`);
  if (!found.isDirectory()) {
    return {
      name: basename(path),
      isFolder: false,
      files: [{ path, name: basename(path), bytes: found.size }],
    };
  }
  const files: SourceFile[] = [];
  for (const name of (await readdir(path)).sort()) {
    const at = join(path, name);
    const one = await stat(at).catch(() => null);
    if (one?.isFile() && resolve(at) !== resolve(except)) files.push({ path: at, name, bytes: one.size });
  }
  return { name: basename(resolve(path)), isFolder: true, files };
}

const LAYOUT = /^(items|entities|relations|triples|interactions|texts)\.tsv(\.gz)?$/;
const SIGNS: readonly (readonly [ImportFormat, RegExp])[] = [
  ["layout", LAYOUT],
  ["recbole", /\.(inter|item|kg|link)(\.gz)?$/],
  ["movielens", /^(ratings|movies)\.csv(\.gz)?$/],
  ["rdf", /\.(nt|nq|ttl|trig|jsonld)(\.gz)?$/],
  ["table", /\.jsonl(\.gz)?$/],
];

/**
 * Finds the format of a source from the names of its files; a mapping makes it a table.
 * @throws {DomainError} BAD_USER_INPUT where the names say nothing
 */
export function findFormat(source: Source, options: ImportOptions): ImportFormat {
  if (options.format) {
    if (IMPORT_FORMATS.includes(options.format)) return options.format;
    throw new DomainError(
      "BAD_USER_INPUT",
      `unknown format "${options.format}"; expected one of ${IMPORT_FORMATS.join(", ")}`,
    );
  }
  if (options.mapping) return "table";
  for (const [format, sign] of SIGNS) {
    if (source.files.some(({ name }) => sign.test(name))) return format;
  }
  const names = source.files.slice(0, 5).map(({ name }) => name);
  throw new DomainError(
    "BAD_USER_INPUT",
    `no known format at ${source.name} (${names.join(", ") || "it is empty"}); expected triples.tsv, interactions.tsv, ` +
      "*.inter, *.kg, ratings.csv, *.nt, *.nq, *.ttl, *.trig, *.jsonld or *.jsonl, or a CSV file with --mapping",
  );
}
