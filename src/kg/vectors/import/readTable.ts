import { basename } from "node:path";
import { DomainError } from "../../../errors.ts";
import { type Line, readLines } from "../../import/readLines.ts";
import { chooseColumns } from "./chooseColumns.ts";
import { makeVectorRow } from "./makeVectorRow.ts";
import type { VectorColumns, VectorRow } from "./types.ts";

/**
 * Reads the vectors of a .tsv or .tsv.gz whose first line names the columns.
 * @throws {DomainError} BAD_USER_INPUT where the file is unreadable or its header does not fit
 */
export async function* readTable(path: string, wanted: VectorColumns): AsyncGenerator<VectorRow[]> {
  const file = { path, name: basename(path), bytes: 0 };
  let read: ((line: Line) => VectorRow) | null = null;
  for await (const batch of readLines(file, () => undefined)) {
    let lines = batch;
    if (read === null) {
      read = makeReader(batch[0].text.split("\t"), wanted);
      lines = batch.slice(1);
    }
    yield lines.filter(({ text }) => text !== "").map(read);
  }
  if (read === null)
    throw new DomainError("BAD_USER_INPUT", `${file.name} is empty; expected a header and rows`);
}

function makeReader(names: readonly string[], wanted: VectorColumns): (line: Line) => VectorRow {
  const { key, values } = chooseColumns(names, wanted);
  const keyAt = names.indexOf(key);
  const valuesAt = values.map((name) => names.indexOf(name));
  return ({ number, text, fault }) => {
    const cells = text.split("\t");
    const found = cells[keyAt] ?? "";
    if (fault !== undefined) return { line: number, key: found, vector: null, fault };
    if (cells.length !== names.length) {
      const reason = `${cells.length} columns, expected ${names.length}`;
      return { line: number, key: found, vector: null, fault: reason };
    }
    return makeVectorRow(
      number,
      found,
      valuesAt.map((at) => cells[at]),
    );
  };
}
