import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { DomainError } from "../../errors.ts";

/** Where a row stands, for messages. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** Finds `name`.tsv or `name`.tsv.gz in a folder; null where neither is there. */
export async function findTable(folder: string, name: string): Promise<string | null> {
  for (const file of [join(folder, `${name}.tsv`), join(folder, `${name}.tsv.gz`)]) {
    const found = await access(file).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return null;
}

/**
 * Reads a tab-separated file with a header, streaming, and calls `onRow` with the wanted columns of each line
 * in their given order; an optional column that the header lacks is "". Cost: memory for one chunk.
 * @throws DomainError BAD_USER_INPUT where the header lacks a required column or a line has too few fields.
 */
export async function readTable(
  file: string,
  columns: { readonly required: readonly string[]; readonly optional?: readonly string[] },
  onRow: (fields: readonly string[], place: Place) => void,
): Promise<void> {
  let positions: Int32Array | null = null;
  let width = 0;
  let line = 0;
  const takeLine = (text: string): void => {
    line++;
    if (text === "") return;
    const fields = text.split("\t");
    if (positions === null) {
      positions = findColumns(fields, columns, file);
      width = fields.length;
    } else if (fields.length !== width) {
      throw new DomainError(
        "BAD_USER_INPUT",
        `${file}:${line} has ${fields.length} fields; expected ${width}`,
      );
    } else {
      onRow(
        Array.from(positions, (at) => (at < 0 ? "" : fields[at])),
        { file, line },
      );
    }
  };
  await splitLines(file, takeLine);
  if (positions === null) throw new DomainError("BAD_USER_INPUT", `${file} is empty; expected a header line`);
}

async function splitLines(file: string, takeLine: (text: string) => void): Promise<void> {
  const bytes = createReadStream(file);
  const plain = file.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes;
  bytes.on("error", (error) => plain.destroy(error));
  plain.setEncoding("utf8");
  let rest = "";
  try {
    for await (const chunk of plain) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const text of lines) takeLine(text.endsWith("\r") ? text.slice(0, -1) : text);
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError("BAD_USER_INPUT", `cannot read ${file}: ${(error as Error).message}`);
  }
  if (rest !== "") takeLine(rest);
}

function findColumns(
  header: readonly string[],
  {
    required,
    optional = [],
  }: { readonly required: readonly string[]; readonly optional?: readonly string[] },
  file: string,
): Int32Array {
  const names = header.map((name) => name.replace(/^\uFEFF/, "").trim());
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `${file} has the columns ${names.join(", ")}; expected ${missing.join(", ")} among them`,
    );
  }
  return Int32Array.from([...required, ...optional], (name) => names.indexOf(name));
}
