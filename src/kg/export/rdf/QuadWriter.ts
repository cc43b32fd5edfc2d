import type { Quad } from "../../rdf/Term.ts";

/** Writes statements as text, in the order in which they come; those of one subject come together. */
export interface QuadWriter {
  begin(): string;
  write(quads: readonly Quad[]): string;
  end(): string;
}
