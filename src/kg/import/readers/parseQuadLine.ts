import type { Iri, Literal, Node, Quad } from "../../rdf/Term.ts";
import { DIR_LANG_STRING, LANG_STRING, XSD_STRING } from "../../rdf/vocabulary.ts";
import { BadRow } from "../badRow.ts";

// The letters of blank node labels: PN_CHARS_U of N-Triples, and what may follow.
const LETTER = String.raw`A-Za-z_:\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}`;
const MORE = String.raw`${LETTER}0-9\u00B7\u0300-\u036F\u203F\u2040\-`;
const ESCAPE = String.raw`\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}`;
const IRI = String.raw`<((?:[^\x00-\x20<>"{}|^\x60\\]|${ESCAPE})*)>`;
const BLANK = `_:([${LETTER}0-9](?:[${MORE}.]*[${MORE}])?)`;
const LITERAL = String.raw`"((?:[^"\\\n\r]|\\[tbnrf"'\\]|${ESCAPE})*)"(?:\^\^${IRI}|@([A-Za-z]+(?:-[A-Za-z0-9]+)*)(?:--(ltr|rtl))?)?`;
const SPACE = "[ \\t]*";
const STATEMENT = new RegExp(
  `^${SPACE}(?:${IRI}|${BLANK})${SPACE}${IRI}${SPACE}(?:${IRI}|${BLANK}|${LITERAL})${SPACE}(?:(?:${IRI}|${BLANK})${SPACE})?\\.${SPACE}(?:#.*)?$`,
  "u",
);

/** What a line may hold, and how the keys of its blank nodes are made. */
export interface QuadLineOptions {
  readonly graphs: boolean;
  blank(label: string): string;
}

/**
 * Parses one line of N-Triples or, with `graphs`, of N-Quads.
 * @throws {BadRow} where the line is no statement
 * @see https://www.w3.org/TR/n-quads/
 */
export function parseQuadLine(line: string, { graphs, blank }: QuadLineOptions): Quad {
  const found = STATEMENT.exec(line);
  const expected = graphs ? "<subject> <predicate> object <graph> ." : "<subject> <predicate> object .";
  if (!found) {
    throw new BadRow(`the line is no statement of N-${graphs ? "Quads" : "Triples"}; expected ${expected}`);
  }
  const [, subjectIri, subjectBlank, predicate, objectIri, objectBlank, text, datatype, language, direction] =
    found;
  const [graphIri, graphBlank] = found.slice(10);
  const hasGraph = graphIri !== undefined || graphBlank !== undefined;
  if (hasGraph && !graphs)
    throw new BadRow(`the line names a graph, which N-Triples does not have; expected ${expected}`);
  const node = (iri: string | undefined, label: string | undefined): Node =>
    iri !== undefined ? readIri(iri) : { termType: "BlankNode", value: blank(label ?? "") };
  return {
    subject: node(subjectIri, subjectBlank),
    predicate: readIri(predicate),
    object:
      text === undefined
        ? node(objectIri, objectBlank)
        : readLiteral({ text, datatype, language, direction }),
    graph: hasGraph ? node(graphIri, graphBlank) : null,
  };
}

interface LiteralParts {
  readonly text: string;
  readonly datatype: string | undefined;
  readonly language: string | undefined;
  readonly direction: string | undefined;
}

function readLiteral({ text, datatype, language, direction }: LiteralParts): Literal {
  const value = unescapeText(text);
  if (language !== undefined) {
    assertLanguage(language);
    const isRight = direction === "rtl";
    return direction === undefined
      ? { termType: "Literal", value, language, datatype: LANG_STRING }
      : {
          termType: "Literal",
          value,
          language,
          direction: isRight ? "rtl" : "ltr",
          datatype: DIR_LANG_STRING,
        };
  }
  const type = datatype === undefined ? XSD_STRING : readIri(datatype).value;
  if (type === LANG_STRING || type === DIR_LANG_STRING) {
    throw new BadRow(`the datatype is <${type}> and there is no language; expected "text"@language`);
  }
  return { termType: "Literal", value, language: "", datatype: type };
}

/**
 * Asserts that a language tag is well-formed.
 * @throws {BadRow} where one of its parts is longer than 8 letters
 * @see BCP 47, section 2.1
 */
export function assertLanguage(language: string): void {
  if (language.split("-").every((part) => part.length <= 8)) return;
  throw new BadRow(`the language is ${language}; expected parts of at most 8 letters, as in en-GB`);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what an IRI must not hold
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*$/;

function readIri(text: string): Iri {
  const value = unescapeText(text);
  if (!ABSOLUTE.test(value))
    throw new BadRow(`<${text}> is no absolute IRI; expected one such as <https://…>`);
  return { termType: "NamedNode", value };
}

const LETTERS: Readonly<Record<string, string>> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };

function unescapeText(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gs, (whole, four, eight, letter) => {
    if (letter !== undefined) return LETTERS[letter] ?? letter;
    const point = Number.parseInt(four ?? eight, 16);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
      throw new BadRow(
        `${whole} is no character; expected at most \\U0010FFFF and none of \\uD800 to \\uDFFF`,
      );
    }
    return String.fromCodePoint(point);
  });
}
