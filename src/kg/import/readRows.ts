import { DomainError } from "../../errors.ts";
import { BadRow } from "./badRow.ts";
import { type Line, readLines } from "./readLines.ts";
import { splitCsv } from "./splitCsv.ts";
import type { ImportRecord, OnBytes, SourceFile, SourceRow } from "./types.ts";

/** Makes the records of one row; throws BadRow where it cannot. */
export type RowReader = (cells: readonly string[]) => readonly ImportRecord[];

export interface RowFormat {
  /** "\t" is TSV without quotes, anything else CSV with them. */
  readonly separator: string;
  /** Sees the header and gives the function for the rows; throws DomainError where a column is missing. */
  onHeader(header: readonly string[]): RowReader;
}

const MAX_LINES_OF_A_RECORD = 200;

/**
 * Reads a file of rows under a header, in batches. A row with a wrong number of cells is bad, and so is one
 * whose quote never closes: reading then goes on with the next line.
 * @throws {DomainError} BAD_USER_INPUT where there is no usable header
 */
export async function* readRows(
  file: SourceFile,
  format: RowFormat,
  onBytes: OnBytes,
): AsyncGenerator<readonly SourceRow[]> {
  const parser = new RowParser(file, format);
  for await (const lines of readLines(file, onBytes)) {
    const rows: SourceRow[] = [];
    for (const line of lines) parser.push(line, rows);
    if (rows.length > 0) yield rows;
  }
  const rows: SourceRow[] = [];
  parser.end(rows);
  if (rows.length > 0) yield rows;
}

class RowParser {
  private width = 0;
  private read: RowReader | null = null;
  private open: Line[] = [];

  constructor(
    private readonly file: SourceFile,
    private readonly format: RowFormat,
  ) {}

  push(line: Line, rows: SourceRow[]): void {
    if (line.fault !== undefined) {
      if (!this.read) throw this.headerFault(line.fault);
      this.closeOpen(rows);
      rows.push(this.bad(line, new BadRow(line.fault)));
    } else if (this.format.separator === "\t") {
      if (line.text !== "") this.take(line, line.text.split("\t"), rows);
    } else {
      this.pushCsv(line, rows);
    }
  }

  end(rows: SourceRow[]): void {
    this.closeOpen(rows);
    if (!this.read) throw this.headerFault("it is empty");
  }

  private pushCsv(line: Line, rows: SourceRow[]): void {
    if (line.text === "" && this.open.length === 0) return;
    this.open.push(line);
    const whole =
      this.open.length === 1 ? line : { ...this.open[0], text: this.open.map((one) => one.text).join("\n") };
    try {
      const cells = splitCsv(whole.text, this.format.separator);
      if (cells) {
        this.open = [];
        this.take(whole, cells, rows);
      } else if (this.open.length >= MAX_LINES_OF_A_RECORD) {
        this.dropFirstOpen(rows);
      }
    } catch (error) {
      if (!(error instanceof BadRow)) throw error;
      if (this.open.length > 1) this.dropFirstOpen(rows);
      else {
        this.open = [];
        if (!this.read) throw this.headerFault(error.message);
        rows.push(this.bad(line, error));
      }
    }
  }

  private closeOpen(rows: SourceRow[]): void {
    while (this.open.length > 0) this.dropFirstOpen(rows);
  }

  /** The quote of the first line never closes: that line is bad, and those after it are read afresh. */
  private dropFirstOpen(rows: SourceRow[]): void {
    const [first, ...rest] = this.open;
    this.open = [];
    if (!this.read) throw this.headerFault("a quote opens and does not close");
    rows.push(this.bad(first, new BadRow("a quote opens and does not close")));
    for (const line of rest) this.pushCsv(line, rows);
  }

  private take(line: Line, cells: readonly string[], rows: SourceRow[]): void {
    if (!this.read) {
      this.width = cells.length;
      this.read = this.format.onHeader(cells);
      return;
    }
    if (cells.length !== this.width) {
      const reason = `the row has ${cells.length} columns; expected ${this.width} as in the header`;
      rows.push(this.bad(line, new BadRow(reason)));
      return;
    }
    rows.push({
      file: this.file.name,
      line: line.number,
      raw: line.text,
      records: tryRecords(this.read, cells),
    });
  }

  private bad(line: Line, reason: BadRow): SourceRow {
    return { file: this.file.name, line: line.number, raw: line.text, records: reason };
  }

  private headerFault(reason: string): DomainError {
    return new DomainError(
      "BAD_USER_INPUT",
      `cannot read ${this.file.name}: ${reason}; expected a header with the names of the columns`,
    );
  }
}

function tryRecords(read: RowReader, cells: readonly string[]): readonly ImportRecord[] | BadRow {
  try {
    return read(cells);
  } catch (error) {
    if (error instanceof BadRow) return error;
    throw error;
  }
}
