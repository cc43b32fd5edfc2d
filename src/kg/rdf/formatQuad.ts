import { blankLabel } from "./keys.ts";
import type { Literal, Quad, Term } from "./Term.ts";
import { XSD_STRING } from "./vocabulary.ts";

/** Writes a statement as a line of N-Quads, or of N-Triples where it names no graph, without the end of the line. */
export function formatQuad({ subject, predicate, object, graph }: Quad): string {
  const terms = graph === null ? [subject, predicate, object] : [subject, predicate, object, graph];
  return `${terms.map(formatTerm).join(" ")} .`;
}

/** Writes a term as all syntaxes but JSON-LD have it. */
export function formatTerm(term: Term): string {
  if (term.termType === "NamedNode") return formatIri(term.value);
  return term.termType === "BlankNode" ? `_:${blankLabel(term.value)}` : formatLiteral(term);
}

export function formatIri(iri: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what an IRI must not hold
  return `<${iri.replace(/[\x00-\x20<>"{}|^`\\]/g, escapeCode)}>`;
}

function formatLiteral({ value, language, direction, datatype }: Literal): string {
  const quoted = formatText(value);
  if (language !== "") return `${quoted}@${language}${direction === undefined ? "" : `--${direction}`}`;
  return datatype === XSD_STRING ? quoted : `${quoted}^^${formatIri(datatype)}`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f" },
};

export function formatText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
  return `"${text.replace(/["\\\x00-\x1f\x7f\uFFFE\uFFFF]/g, (found) => ESCAPES[found] ?? escapeCode(found))}"`;
}

function escapeCode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}
