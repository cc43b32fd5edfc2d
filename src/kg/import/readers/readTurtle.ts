import { Parser, type ParserOptions } from "n3";
import { DomainError } from "../../../errors.ts";
import { formatQuad } from "../../rdf/formatQuad.ts";
import { blankKey } from "../../rdf/keys.ts";
import { makeLiteral } from "../../rdf/makeLiteral.ts";
import type { Quad, Term } from "../../rdf/Term.ts";
import { BadRow } from "../badRow.ts";
import { decodeUtf8, readBytes } from "../readLines.ts";
import type { ParsedQuad, QuadReader, RdfPlace } from "./readQuads.ts";

const BATCH = 1000;

/** A term as the parser passes it on: ours, or a triple that is quoted, which no graph of ours can hold. */
type ParsedTerm = Term | QuotedTriple | typeof DEFAULT_GRAPH;
interface QuotedTriple {
  readonly termType: "Quad";
  readonly value: "";
  readonly subject: ParsedTerm;
  readonly predicate: ParsedTerm;
  readonly object: ParsedTerm;
  readonly graph: ParsedTerm;
}
const DEFAULT_GRAPH = { termType: "DefaultGraph", value: "" } as const;

/** Makes the reader of Turtle, or with `graphs` of TriG. */
export function readTurtle({ graphs }: { readonly graphs: boolean }): QuadReader {
  const syntax = graphs ? "TriG" : "Turtle";
  return async function* (file, place, onBytes) {
    let statement = 0;
    let batch: ParsedQuad[] = [];
    const parser = openParser(graphs ? "application/trig" : "text/turtle", place, (parsed) => {
      const quad = checkQuad(parsed);
      batch.push({ line: ++statement, raw: () => (quad instanceof BadRow ? "" : formatQuad(quad)), quad });
    });
    const tell = (step: () => void): void => {
      try {
        step();
      } catch (error) {
        throw new DomainError(
          "BAD_USER_INPUT",
          `cannot read ${file.name}: ${(error as Error).message}; expected ${syntax} (nothing was imported)`,
        );
      }
    };
    for await (const text of decodeUtf8(file, readBytes(file, onBytes))) {
      tell(() => parser.push(text));
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    tell(() => parser.end());
    yield batch;
  };
}

/** Parses pushed text at once. Blank nodes are named by file and label, so that the same file names them again. */
function openParser(
  format: string,
  place: RdfPlace,
  onQuad: (quad: QuotedTriple) => void,
): { push(text: string): void; end(): void } {
  let anonymous = 0;
  const factory = {
    namedNode: (value: string) => ({ termType: "NamedNode", value }),
    // No label has brackets: those without one are never taken for others.
    blankNode: (label?: string) => ({
      termType: "BlankNode",
      value: blankKey(place.name, label ?? `[${++anonymous}]`),
    }),
    literal: makeLiteral,
    variable: (value: string) => ({ termType: "Variable", value }),
    defaultGraph: () => DEFAULT_GRAPH,
    quad: (subject: ParsedTerm, predicate: ParsedTerm, object: ParsedTerm, graph: ParsedTerm) => ({
      ...{ termType: "Quad", value: "" },
      ...{ subject, predicate, object, graph: graph ?? DEFAULT_GRAPH },
    }),
  };
  const options = { format, baseIRI: place.base, blankNodePrefix: "", factory };
  const parser = new Parser(options as unknown as ParserOptions);
  const listeners = new Map<string, (text?: string) => void>();
  const source = { on: (event: string, listener: (text?: string) => void) => listeners.set(event, listener) };
  parser.parse(source as unknown as Parameters<Parser["parse"]>[0] & string, (error, quad) => {
    if (error) throw error;
    if (quad) onQuad(quad as unknown as QuotedTriple);
  });
  return { push: (text) => listeners.get("data")?.(text), end: () => listeners.get("end")?.() };
}

function checkQuad({ subject, predicate, object, graph }: QuotedTriple): Quad | BadRow {
  const terms = [subject, predicate, object];
  if (terms.some(({ termType }) => termType === "Quad")) {
    return new BadRow("the statement quotes a triple; expected IRIs, blank nodes and literals (RDF 1.1)");
  }
  return {
    subject: subject as Quad["subject"],
    predicate: predicate as Quad["predicate"],
    object: object as Quad["object"],
    graph: graph.termType === "DefaultGraph" ? null : (graph as Quad["graph"]),
  };
}
