import { blankKey } from "../../rdf/keys.ts";
import type { Quad } from "../../rdf/Term.ts";
import { BadRow } from "../badRow.ts";
import { type Line, readLines } from "../readLines.ts";
import { parseQuadLine, type QuadLineOptions } from "./parseQuadLine.ts";
import type { ParsedQuad, QuadReader } from "./readQuads.ts";

/** Makes the reader of N-Triples, or with `graphs` of N-Quads. A line may also end with a carriage return alone. */
export function readQuadLines({ graphs }: { readonly graphs: boolean }): QuadReader {
  return async function* (file, { name }, onBytes) {
    const options: QuadLineOptions = { graphs, blank: (label) => blankKey(name, label) };
    for await (const lines of readLines(file, onBytes)) {
      yield lines.flatMap((line) => readLine(line, options));
    }
  };
}

function readLine({ number, text, fault }: Line, options: QuadLineOptions): readonly ParsedQuad[] {
  if (fault !== undefined) return [{ line: number, raw: () => text, quad: new BadRow(fault) }];
  const parts = text.includes("\r") ? text.split("\r") : [text];
  return parts
    .filter((part) => !/^[ \t]*(#|$)/.test(part))
    .map((part) => ({ line: number, raw: () => part, quad: tryQuad(part, options) }));
}

function tryQuad(text: string, options: QuadLineOptions): Quad | BadRow {
  try {
    return parseQuadLine(text, options);
  } catch (error) {
    if (error instanceof BadRow) return error;
    throw error;
  }
}
