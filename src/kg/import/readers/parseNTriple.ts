import { BadRow } from "../badRow.ts";
import type { Term } from "./readStatement.ts";

const IRI = String.raw`<((?:[^\x00-\x20<>"{}|^\x60\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*)>`;
const BLANK = String.raw`_:([\p{L}\p{N}_](?:[\p{L}\p{N}_.:·-]*[\p{L}\p{N}_:·-])?)`;
const LITERAL = String.raw`"((?:[^"\\\n\r]|\\[tbnrf"'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*)"(?:\^\^${IRI}|@([A-Za-z]+(?:-[A-Za-z0-9]+)*))?`;
const STATEMENT = new RegExp(
  `^\\s*(?:${IRI}|${BLANK})\\s*${IRI}\\s*(?:${IRI}|${BLANK}|${LITERAL})\\s*\\.\\s*(?:#.*)?$`,
  "u",
);

/**
 * Parses one line of N-Triples; `blank` names its blank nodes.
 * @throws {BadRow} where the line is no statement
 * @see https://www.w3.org/TR/n-triples/
 */
export function parseNTriple(line: string, blank: (label: string) => string): [Term, Term, Term] {
  const found = STATEMENT.exec(line);
  if (!found)
    throw new BadRow("the line is no statement of N-Triples; expected <subject> <predicate> object .");
  const [, subjectIri, subjectBlank, predicate, objectIri, objectBlank, literal, datatype, language] = found;
  return [
    nodeOf(subjectIri, subjectBlank, blank),
    { termType: "NamedNode", value: unescapeText(predicate) },
    literal === undefined
      ? nodeOf(objectIri, objectBlank, blank)
      : {
          termType: "Literal",
          value: unescapeText(literal),
          language: language ?? "",
          datatype: { value: datatype === undefined ? "" : unescapeText(datatype) },
        },
  ];
}

function nodeOf(iri: string | undefined, label: string | undefined, blank: (label: string) => string): Term {
  if (iri !== undefined) return { termType: "NamedNode", value: unescapeText(iri) };
  return { termType: "BlankNode", value: blank(label ?? "") };
}

const LETTERS: Readonly<Record<string, string>> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function unescapeText(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gs, (_, four, eight, letter) => {
    if (letter !== undefined) return LETTERS[letter] ?? letter;
    const point = Number.parseInt(four ?? eight, 16);
    if (point > 0x10ffff) throw new BadRow(`\\U${eight} is no character; expected at most \\U0010FFFF`);
    return String.fromCodePoint(point);
  });
}
