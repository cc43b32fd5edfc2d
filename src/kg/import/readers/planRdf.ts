import { DomainError } from "../../../errors.ts";
import { BadRow } from "../badRow.ts";
import type { Source } from "../findSource.ts";
import type { ImportOptions, ImportRecord, OnBytes, ReadPlan, SourceFile, SourceRow } from "../types.ts";
import { QualifiedTriples } from "./QualifiedTriples.ts";
import { readJSONLD } from "./readJSONLD.ts";
import { readQuadLines } from "./readQuadLines.ts";
import type { ParsedQuad, QuadReader } from "./readQuads.ts";
import { readStatement } from "./readStatement.ts";
import { readTurtle } from "./readTurtle.ts";

const READERS: readonly (readonly [end: string, read: QuadReader])[] = [
  ["nt", readQuadLines({ graphs: false })],
  ["nq", readQuadLines({ graphs: true })],
  ["ttl", readTurtle({ graphs: false })],
  ["trig", readTurtle({ graphs: true })],
  ["jsonld", readJSONLD],
];

/**
 * Plans the reading of N-Triples (.nt), N-Quads (.nq), Turtle (.ttl), TriG (.trig) and JSON-LD (.jsonld). A bad line of
 * N-Triples or N-Quads is rejected alone. The others have no lines to go on from: a syntax error ends the import, with
 * nothing imported. "Line" of their rows is the number of the statement.
 * @throws {DomainError} BAD_USER_INPUT where there is no such file
 */
export function planRdf(source: Source, { base }: ImportOptions): ReadPlan {
  const files = source.files.flatMap((file) => {
    const name = file.name.replace(/\.gz$/, "");
    const read = READERS.find(([end]) => name.endsWith(`.${end}`))?.[1];
    const place = { name, base: base ?? `file:///${encodeURIComponent(name)}` };
    return read ? [{ file, rows: (onBytes: OnBytes) => readRows(read(file, place, onBytes), file) }] : [];
  });
  if (files.length === 0) {
    const expected = READERS.map(([end]) => `*.${end}`).join(", ");
    throw new DomainError("BAD_USER_INPUT", `no RDF at ${source.name}; expected ${expected}`);
  }
  return { files, skipped: [], fallbackType: "resource" };
}

async function* readRows(
  batches: AsyncIterable<readonly ParsedQuad[]>,
  file: SourceFile,
): AsyncGenerator<readonly SourceRow[]> {
  const qualified = new QualifiedTriples();
  for await (const batch of batches) {
    yield batch.map((parsed) => makeRow(parsed, file.name, qualified));
    yield [...qualified.flush(false)];
  }
  yield [...qualified.flush(true)];
}

function makeRow(parsed: ParsedQuad, file: string, qualified: QualifiedTriples): SourceRow {
  const { line, quad } = parsed;
  // What a row says as text is seldom asked for.
  const place = {
    file,
    line,
    get raw() {
      return parsed.raw();
    },
  };
  const read = (): readonly ImportRecord[] | BadRow => {
    if (quad instanceof BadRow) return quad;
    return qualified.take(quad, place) ? [] : tryRecords(() => readStatement(quad));
  };
  return Object.assign(place, { records: read() });
}

function tryRecords(read: () => readonly ImportRecord[]): SourceRow["records"] {
  try {
    return read();
  } catch (error) {
    if (error instanceof BadRow) return error;
    throw error;
  }
}
