import { basename } from "node:path";
import { DomainError } from "../../../errors.ts";
import type { Database } from "../../database.ts";
import { Rejects } from "../../import/rejects.ts";
import { readParquet } from "./readParquet.ts";
import { readTable } from "./readTable.ts";
import type { VectorColumns, VectorRow } from "./types.ts";
import { VectorWriter, type Written } from "./VectorWriter.ts";

const ROWS_PER_WRITE = 500;

export interface VectorImport {
  /** A .parquet, .tsv or .tsv.gz */
  readonly path: string;
  /** Of the vector set. */
  readonly name: string;
  /** What made the vectors; "import" where absent. Two makers do not mix. */
  readonly madeBy?: string;
  readonly columns?: VectorColumns;
  /** Where bad rows go; the file is made with the first of them. */
  readonly rejects: string;
  readonly onProgress?: (rows: number) => void;
}

export interface VectorImportResult extends Written {
  readonly rejected: number;
  readonly rejectsFile: string | null;
  readonly seconds: number;
}

/**
 * Imports vectors that were made elsewhere as a set of their own, in one transaction: whatever ends it early
 * leaves nothing behind. A bad row (no number, another length, an unknown or repeated key) goes to the rejects
 * and the rest goes on. Vectors of entities that the file does not name stay.
 * @throws {DomainError} BAD_USER_INPUT where the file as a whole cannot be read, CONFLICT where the set is another's
 */
export async function importVectors(db: Database, options: VectorImport): Promise<VectorImportResult> {
  const started = performance.now();
  const { path, name, madeBy = "import", onProgress } = options;
  const rejects = new Rejects(options.rejects);
  try {
    const done = await db.transaction(async (tx) => {
      const writer = new VectorWriter(tx, { name, file: basename(path), encoder: madeBy }, rejects);
      for await (const rows of readRows(options)) {
        for (let start = 0; start < rows.length; start += ROWS_PER_WRITE) {
          await writer.add(rows.slice(start, start + ROWS_PER_WRITE));
          onProgress?.(writer.read);
        }
      }
      return writer.finish();
    });
    const { count: rejected, file: rejectsFile } = rejects;
    return { ...done, rejected, rejectsFile, seconds: (performance.now() - started) / 1000 };
  } finally {
    await rejects.close();
  }
}

function readRows({ path, columns = {} }: VectorImport): AsyncGenerator<VectorRow[]> {
  if (/\.parquet$/i.test(path)) return readParquet(path, columns);
  if (/\.tsv(\.gz)?$/i.test(path)) return readTable(path, columns);
  throw new DomainError(
    "BAD_USER_INPUT",
    `${basename(path)} is no vector file; expected .parquet, .tsv or .tsv.gz`,
  );
}
