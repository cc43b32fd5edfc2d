import { DataFactory, Parser, type Quad, type Term } from "n3";
import { isomorphic } from "rdf-isomorphic";

/** Parses RDF by n3 alone, without anything of ours; `format` is "N-Quads", "TriG" … */
export function parseReference(text: string, format: string, base: string): Quad[] {
  return new Parser({ format, baseIRI: base }).parse(text).map(withLowerLanguages);
}

/** Whether two sets of statements say the same but for the names of blank nodes. */
export function isSameGraph(one: readonly Quad[], other: readonly Quad[]): boolean {
  return isomorphic([...one] as never, [...other] as never);
}

/** RDF compares languages without regard to capitals. */
function withLowerLanguages(quad: Quad): Quad {
  const { object } = quad;
  if (object.termType !== "Literal" || object.language === "") return quad;
  const direction = (object as Term & { direction?: string }).direction;
  const language = { language: object.language.toLowerCase(), direction };
  return DataFactory.quad(
    quad.subject,
    quad.predicate,
    DataFactory.literal(object.value, (direction ? language : language.language) as string),
    quad.graph,
  );
}
