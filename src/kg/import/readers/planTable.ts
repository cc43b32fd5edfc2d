import { DomainError } from "../../../errors.ts";
import { BadRow } from "../badRow.ts";
import type { Source } from "../findSource.ts";
import { readLines } from "../readLines.ts";
import { readRows } from "../readRows.ts";
import type { ImportOptions, ImportRecord, OnBytes, ReadPlan, SourceFile, SourceRow } from "../types.ts";
import { findColumns } from "./columns.ts";
import { type Mapping, readMapping, type TableMapping } from "./mapping.ts";
import { readJSONRecord } from "./readJSONRecord.ts";
import { makeTemplates, type Values } from "./templates.ts";

type ReadValues = (values: Values) => readonly ImportRecord[];

/**
 * Plans the reading of CSV, TSV or JSONL tables by a mapping. JSONL without a mapping holds the records
 * themselves, as the export writes them.
 */
export async function planTable(source: Source, options: ImportOptions): Promise<ReadPlan> {
  const mapping = options.mapping === undefined ? null : await readMapping(options.mapping);
  const tables = source.files.filter(({ name }) => /\.(csv|tsv|jsonl)(\.gz)?$/.test(name));
  const skipped: { file: string; reason: string }[] = [];
  const files = tables.flatMap((file) => {
    const table = mapping === null ? null : findTable(mapping, file, tables.length);
    if (mapping !== null && !table) {
      skipped.push({ file: file.name, reason: "the mapping does not name it" });
      return [];
    }
    if (!table && !isJSONL(file)) {
      throw new DomainError(
        "BAD_USER_INPUT",
        `nothing says what the columns of ${file.name} mean; expected --mapping`,
      );
    }
    return [{ file, rows: (onBytes: OnBytes) => readTable(file, table ?? null, onBytes) }];
  });
  if (files.length === 0) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `no table at ${source.name} that the mapping names; expected *.csv, *.tsv or *.jsonl`,
    );
  }
  return { files, skipped, fallbackType: null };
}

function findTable(mapping: Mapping, file: SourceFile, fileCount: number): TableMapping | undefined {
  const plain = file.name.replace(/\.gz$/, "");
  return mapping.tables.find(({ file: name }) =>
    name === undefined ? fileCount === 1 : name === file.name || name === plain,
  );
}

function isJSONL(file: SourceFile): boolean {
  return /\.jsonl(\.gz)?$/.test(file.name);
}

function readTable(
  file: SourceFile,
  table: TableMapping | null,
  onBytes: OnBytes,
): AsyncGenerator<readonly SourceRow[]> {
  if (isJSONL(file)) {
    return readJSONLines(file, table ? makeTemplates(table) : null, onBytes);
  }
  const separator = table?.separator ?? (/\.tsv(\.gz)?$/.test(file.name) ? "\t" : ",");
  const onHeader = (header: readonly string[]) => {
    const columns = findColumns(file.name, header);
    const names = header.map((name) => name.trim());
    const read: ReadValues = makeTemplates(table as TableMapping, (name) => columns.required(name));
    return (cells: readonly string[]) => read(new Map(names.map((name, at) => [name, cells[at]])));
  };
  return readRows(file, { separator, onHeader }, onBytes);
}

async function* readJSONLines(
  file: SourceFile,
  templates: ReadValues | null,
  onBytes: OnBytes,
): AsyncGenerator<readonly SourceRow[]> {
  for await (const lines of readLines(file, onBytes)) {
    const rows: SourceRow[] = [];
    for (const { number, text, fault } of lines) {
      if (text.trim() === "") continue;
      const records = fault === undefined ? tryLine(text, templates) : new BadRow(fault);
      rows.push({ file: file.name, line: number, raw: text, records });
    }
    yield rows;
  }
}

function tryLine(text: string, templates: ReadValues | null): SourceRow["records"] {
  try {
    const value = parseObject(text);
    return templates ? templates(new Map(Object.entries(value))) : [readJSONRecord(value)];
  } catch (error) {
    if (error instanceof BadRow) return error;
    throw error;
  }
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new BadRow("the line is no JSON object");
}
