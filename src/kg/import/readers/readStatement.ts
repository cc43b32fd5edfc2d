import { BadRow } from "../badRow.ts";
import { iriToKey, localName, NAMESPACES, VOCABULARY } from "../iri.ts";
import type { ImportRecord } from "../types.ts";

/** A term of RDF, as far as an import needs it. */
export interface Term {
  readonly termType: string;
  readonly value: string;
  readonly language?: string;
  readonly datatype?: { readonly value: string };
}

const { rdf, rdfs, owl, xsd, skos, schema, foaf, dct } = NAMESPACES;
const LABELS = new Set([
  `${rdfs}label`,
  `${schema}name`,
  `${skos}prefLabel`,
  `${foaf}name`,
  "http://schema.org/name",
]);
const ALIASES = new Set([`${skos}altLabel`, `${schema}alternateName`, "http://schema.org/alternateName"]);
const DESCRIPTIONS = new Set([
  `${dct}description`,
  `${rdfs}comment`,
  `${schema}description`,
  "http://schema.org/description",
]);
const PROPERTY_TYPES = new Set([
  `${rdf}Property`,
  `${owl}ObjectProperty`,
  `${owl}DatatypeProperty`,
  `${owl}SymmetricProperty`,
]);
const TYPES_OF_ALL = new Set([`${owl}Thing`, `${owl}NamedIndividual`, `${rdfs}Resource`]);
const NUMBERS = new Set(
  "integer decimal double float int long short byte nonNegativeInteger positiveInteger negativeInteger gYear"
    .split(" ")
    .map((name) => xsd + name),
);

/**
 * Reads one RDF statement into records. IRIs become keys; labels, other labels and descriptions go to their
 * fields; rdf:type is the type (the last one, all kept as an attribute too where it is not ours); other literals
 * are attributes; what is left is a triple.
 * @throws {BadRow} where a term is a quoted triple
 */
export function readStatement(subject: Term, predicate: Term, object: Term): readonly ImportRecord[] {
  const key = keyOf(subject);
  const { value: property } = predicate;
  if (property === `${rdf}type`) return readType(key, object);
  if (property.startsWith(VOCABULARY.property)) return readOwn(key, property, object);
  if (object.termType !== "Literal") {
    return [{ kind: "triple", head: key, relation: keyOf(predicate), tail: keyOf(object) }];
  }
  const language = (object.language ?? "").toLowerCase();
  if (LABELS.has(property) && subject.value.startsWith(VOCABULARY.relation)) {
    return [{ kind: "relation", key, label: object.value }];
  }
  if (LABELS.has(property)) {
    const labelRank = object.value === "" ? 0 : language === "" ? 3 : /^en\b/.test(language) ? 2 : 1;
    return [{ kind: "entity", key, name: object.value, labelRank }];
  }
  if (ALIASES.has(property)) return [{ kind: "entity", key, aliases: [object.value] }];
  if (DESCRIPTIONS.has(property) && (language === "" || /^en\b/.test(language))) {
    return [{ kind: "entity", key, description: object.value }];
  }
  const name = keyOf(predicate) + (language === "" ? "" : `@${language}`);
  return [{ kind: "attribute", key, name, value: readLiteral(object) }];
}

function keyOf(term: Term): string {
  if (term.termType === "NamedNode") return iriToKey(term.value);
  if (term.termType === "BlankNode") return term.value;
  throw new BadRow(`a ${term.termType} stands where an IRI or a blank node was expected`);
}

function readType(key: string, object: Term): readonly ImportRecord[] {
  if (PROPERTY_TYPES.has(object.value)) {
    const symmetric = object.value === `${owl}SymmetricProperty` ? "true" : null;
    return [{ kind: "relation", key, symmetric }];
  }
  if (TYPES_OF_ALL.has(object.value)) return [{ kind: "entity", key }];
  if (object.value.startsWith(VOCABULARY.type))
    return [{ kind: "entity", key, type: iriToKey(object.value) }];
  return [
    { kind: "entity", key, type: localName(object.value) },
    { kind: "attribute", key, name: "rdf:type", value: JSON.stringify(keyOf(object)) },
  ];
}

/** What our own export says beyond RDF's vocabularies. */
function readOwn(key: string, property: string, object: Term): readonly ImportRecord[] {
  switch (property.slice(VOCABULARY.property.length)) {
    case "isItem":
      return [{ kind: "entity", key, isItem: object.value }];
    case "inverseLabel":
      return [{ kind: "relation", key, inverseLabel: object.value }];
    default:
      throw new BadRow(`unknown property ${property}; expected isItem or inverseLabel`);
  }
}

/** A literal as JSON: numbers and booleans by their datatype where they are such, text otherwise. */
function readLiteral({ value, datatype }: Term): string {
  const type = datatype?.value ?? "";
  if (type === `${rdf}JSON`) return value;
  if (type === `${xsd}boolean` && /^(true|false)$/.test(value)) return value;
  if (NUMBERS.has(type)) {
    if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(value)) return value;
    const number = value.trim() === "" ? Number.NaN : Number(value);
    if (Number.isFinite(number)) return JSON.stringify(number);
  }
  return JSON.stringify(value);
}
