import { basename } from "node:path";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { DomainError } from "../../../errors.ts";
import { chooseColumns } from "./chooseColumns.ts";
import { makeVectorRow } from "./makeVectorRow.ts";
import type { VectorColumns, VectorRow } from "./types.ts";

const ROWS_PER_READ = 16_384; // a group of rows may be far longer than memory

/**
 * Reads the vectors of a Parquet file: a column of lists of numbers, or a column per number. Holds 16,384 rows.
 * @throws {DomainError} BAD_USER_INPUT where the file is unreadable or its columns do not fit
 */
export async function* readParquet(path: string, wanted: VectorColumns): AsyncGenerator<VectorRow[]> {
  const { file, metadata } = await openParquet(path);
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  const { key, values } = chooseColumns(names, wanted);
  const rows = Number(metadata.num_rows);
  for (let rowStart = 0; rowStart < rows; rowStart += ROWS_PER_READ) {
    const rowEnd = Math.min(rows, rowStart + ROWS_PER_READ);
    const columns = [key, ...values];
    const found = await parquetReadObjects({ file, metadata, columns, rowStart, rowEnd, compressors }).catch(
      (error: Error) => {
        throw refuse(path, error);
      },
    );
    yield found.map((row, at) =>
      makeVectorRow(
        rowStart + at + 1,
        row[key],
        values.map((name) => row[name]),
      ),
    );
  }
}

async function openParquet(path: string) {
  try {
    const file = await asyncBufferFromFile(path);
    return { file, metadata: await parquetMetadataAsync(file) };
  } catch (error) {
    throw refuse(path, error as Error);
  }
}

function refuse(path: string, { message }: Error): DomainError {
  return new DomainError(
    "BAD_USER_INPUT",
    `cannot read ${basename(path)}: ${message}; expected a whole Parquet file`,
  );
}
