import { DataFactory, Parser, type ParserOptions } from "n3";
import { DomainError } from "../../../errors.ts";
import { BadRow } from "../badRow.ts";
import type { Source } from "../findSource.ts";
import { readBytes, readLines } from "../readLines.ts";
import type { ImportOptions, ImportRecord, OnBytes, ReadPlan, SourceFile, SourceRow } from "../types.ts";
import { parseNTriple } from "./parseNTriple.ts";
import { readStatement, type Term } from "./readStatement.ts";

const BATCH = 1000;

/**
 * Plans the reading of N-Triples (.nt) and Turtle (.ttl). A bad line of N-Triples is rejected alone. Turtle has
 * no lines to go on from: a syntax error ends the import with nothing imported. "Line" of a Turtle row is the
 * number of the statement.
 */
export function planRdf(source: Source, _options: ImportOptions): ReadPlan {
  const files = source.files
    .filter(({ name }) => /\.(nt|ttl)(\.gz)?$/.test(name))
    .map((file) => ({
      file,
      rows: (onBytes: OnBytes) =>
        /\.nt(\.gz)?$/.test(file.name) ? readNTriples(file, onBytes) : readTurtle(file, onBytes),
    }));
  if (files.length === 0) {
    throw new DomainError("BAD_USER_INPUT", `no RDF at ${source.name}; expected *.nt or *.ttl`);
  }
  return { files, skipped: [], fallbackType: "resource" };
}

async function* readNTriples(file: SourceFile, onBytes: OnBytes): AsyncGenerator<readonly SourceRow[]> {
  const blank = (label: string) => blankKey(file, label);
  for await (const lines of readLines(file, onBytes)) {
    const rows: SourceRow[] = [];
    for (const { number, text, fault } of lines) {
      const place = { file: file.name, line: number, raw: text };
      if (fault !== undefined) rows.push({ ...place, records: new BadRow(fault) });
      else if (!/^\s*(#|$)/.test(text)) {
        rows.push({ ...place, records: tryRecords(() => readStatement(...parseNTriple(text, blank))) });
      }
    }
    yield rows;
  }
}

function tryRecords(read: () => readonly ImportRecord[]): SourceRow["records"] {
  try {
    return read();
  } catch (error) {
    if (error instanceof BadRow) return error;
    throw error;
  }
}

async function* readTurtle(file: SourceFile, onBytes: OnBytes): AsyncGenerator<readonly SourceRow[]> {
  let statement = 0;
  let rows: SourceRow[] = [];
  const parser = parseTurtle(file, (subject, predicate, object) => {
    const place = {
      file: file.name,
      line: ++statement,
      raw: `${show(subject)} ${show(predicate)} ${show(object)} .`,
    };
    rows.push({ ...place, records: tryRecords(() => readStatement(subject, predicate, object)) });
  });
  for await (const text of decodeUtf8(file, readBytes(file, onBytes))) {
    parser.push(text);
    if (rows.length < BATCH) continue;
    yield rows;
    rows = [];
  }
  parser.end();
  yield rows;
}

type OnStatement = (subject: Term, predicate: Term, object: Term) => void;

/** Parses pushed text at once. Blank nodes are named by file and label, so that the same file names them again. */
function parseTurtle(file: SourceFile, onStatement: OnStatement): { push(text: string): void; end(): void } {
  let anonymous = 0;
  const blankNode = (label?: string) =>
    DataFactory.blankNode(blankKey(file, label ?? `anonymous-${++anonymous}`));
  const parser = new Parser({
    format: "text/turtle",
    baseIRI: `file:///${encodeURIComponent(file.name)}`,
    blankNodePrefix: "",
    factory: { ...DataFactory, blankNode },
  } as ParserOptions);
  const listeners = new Map<string, (text?: string) => void>();
  const source = { on: (event: string, listener: (text?: string) => void) => listeners.set(event, listener) };
  parser.parse(source as unknown as Parameters<Parser["parse"]>[0] & string, (error, quad) => {
    if (error) throw turtleFault(file, error);
    if (quad) onStatement(quad.subject, quad.predicate, quad.object);
  });
  return { push: (text) => listeners.get("data")?.(text), end: () => listeners.get("end")?.() };
}

function show(term: Term): string {
  return term.termType === "Literal"
    ? JSON.stringify(term.value)
    : term.termType === "NamedNode"
      ? `<${term.value}>`
      : term.value;
}

function turtleFault(file: SourceFile, error: Error): DomainError {
  return new DomainError(
    "BAD_USER_INPUT",
    `cannot read ${file.name}: ${error.message}; expected Turtle (nothing was imported)`,
  );
}

function blankKey(file: SourceFile, label: string): string {
  return `_:${file.name.replace(/\.(nt|ttl)(\.gz)?$/, "")}:${label}`;
}

async function* decodeUtf8(file: SourceFile, chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new DomainError("BAD_USER_INPUT", `cannot read ${file.name}: ${error.message}; expected UTF-8`);
  }
}
