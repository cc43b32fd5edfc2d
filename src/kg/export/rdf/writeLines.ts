import { formatQuad } from "../../rdf/formatQuad.ts";
import type { QuadWriter } from "./QuadWriter.ts";

/** Makes the writer of N-Quads, or without `graphs` of N-Triples, which has a statement of two graphs once. */
export function writeLines({ graphs }: { readonly graphs: boolean }): QuadWriter {
  let before = "";
  return {
    begin: () => "",
    write(quads) {
      let text = "";
      for (const quad of quads) {
        const line = `${formatQuad(graphs ? quad : { ...quad, graph: null })}\n`;
        if (graphs || line !== before) text += line;
        before = line;
      }
      return text;
    },
    end: () => "",
  };
}
