import type { Quad } from "../../rdf/Term.ts";
import type { BadRow } from "../badRow.ts";
import type { OnBytes, SourceFile } from "../types.ts";

/** A statement of a file, or why there is none. */
export interface ParsedQuad {
  /** From 1: of the line, or of the statement where lines say nothing. */
  readonly line: number;
  /** What the file says there. */
  raw(): string;
  readonly quad: Quad | BadRow;
}

/** How a file is called and what its relative IRIs are relative to. */
export interface RdfPlace {
  readonly name: string;
  readonly base: string;
}

/** Reads the statements of a file in batches. */
export type QuadReader = (
  file: SourceFile,
  place: RdfPlace,
  onBytes: OnBytes,
) => AsyncIterable<readonly ParsedQuad[]>;
