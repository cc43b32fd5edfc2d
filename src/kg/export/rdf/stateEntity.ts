import { ALIASES, DESCRIPTIONS, deriveFields, type Fields, LABELS } from "../../rdf/fields.ts";
import { keyToIri, LONG_IRI, restoreKey, typeToIri } from "../../rdf/keys.ts";
import { attributeToTerms, keyToNode, literal } from "../../rdf/literals.ts";
import type { Iri, Node, Quad, Term } from "../../rdf/Term.ts";
import { NAMESPACES, RDF_TYPE, VOCABULARY } from "../../rdf/vocabulary.ts";

const { rdfs, skos, dct, xsd } = NAMESPACES;
/** Type of what an import of RDF knows no class of. */
const UNTYPED = "resource";

/** Names of attributes with their values, as texts of JSON. */
export type Attributes = readonly (readonly [name: string, json: string])[];

export interface EntityRow {
  readonly key: string;
  readonly type: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly description: string | null;
  readonly isItem: boolean;
  /** As texts, so that no digit of a number is lost on the way. */
  readonly attributes: Attributes;
  /** No triple has it as an end, and nothing but its key is known of it. */
  readonly isBare: boolean;
}

/**
 * States an entity: its attributes, which RDF's own statements are, and of its fields what an import would not derive
 * from them. So what came from RDF goes as it came, and what was edited here goes as it is.
 */
export function stateEntity(entity: EntityRow): readonly Quad[] {
  const subject = keyToNode(wholeKey(entity.key, entity.attributes));
  const attributes = withoutIri(entity);
  const derived = readFields(attributes);
  const say = (predicate: string, object: Term): Quad => makeQuad(subject, predicate, object);
  return [
    ...stateType(entity, derived).map(([predicate, object]) => say(predicate, object)),
    ...stateName(entity, derived).map(([predicate, text]) => say(predicate, literal(text))),
    ...stateAliases(entity, derived).map(([predicate, text]) => say(predicate, literal(text))),
    ...stateDescription(entity, derived).map(([predicate, text]) => say(predicate, literal(text))),
    ...(entity.isItem ? [say(`${VOCABULARY.property}isItem`, literal("true", `${xsd}boolean`))] : []),
    ...attributes.flatMap(([name, json]) =>
      attributeToTerms(json).map(
        ({ object, graph }): Quad => ({ ...makeQuad(subject, keyToIri("attribute", name), object), graph }),
      ),
    ),
  ];
}

/** States that an entity was merged into another: its key leads there. */
export function stateMerger(key: string, survivor: string): Quad {
  return makeQuad(keyToNode(key), `${VOCABULARY.property}mergedInto`, keyToNode(survivor));
}

/** The key that an IRI was too long to be, or the key itself. */
export function wholeKey(key: string, attributes: Attributes): string {
  const json = key.startsWith("iri:") ? attributes.find(([name]) => name === LONG_IRI)?.[1] : undefined;
  return (json === undefined ? null : restoreKey(key, JSON.parse(json))) ?? key;
}

/** What an import derives from attributes given by key. */
export function readFields(attributes: Attributes): Fields {
  return deriveFields(new Map(attributes.map(([name, json]) => [keyToIri("attribute", name), json])));
}

export function makeQuad(subject: Node, predicate: string, object: Term): Quad {
  return { subject, predicate: { termType: "NamedNode", value: predicate }, object, graph: null };
}

export function makeIri(value: string): Iri {
  return { termType: "NamedNode", value };
}

function withoutIri({ key, attributes }: EntityRow): Attributes {
  return wholeKey(key, attributes) === key ? attributes : attributes.filter(([name]) => name !== LONG_IRI);
}

function stateType({ type, isBare }: EntityRow, derived: Fields): readonly (readonly [string, Term])[] {
  if (type === (derived.type ?? UNTYPED) && !isBare) return [];
  return derived.type === null
    ? [[RDF_TYPE, makeIri(typeToIri(type))]]
    : [[`${VOCABULARY.property}type`, literal(type)]];
}

function stateName({ key, name }: EntityRow, derived: Fields): readonly (readonly [string, string])[] {
  if (name === (derived.name ?? key)) return [];
  return [[derived.has(LABELS) ? `${VOCABULARY.property}name` : `${rdfs}label`, name]];
}

function stateAliases({ aliases, name }: EntityRow, derived: Fields): readonly (readonly [string, string])[] {
  const known = new Set(
    derived.name === null || derived.name === name ? derived.aliases : [...derived.aliases, derived.name],
  );
  const predicate =
    derived.has(ALIASES) || derived.has(LABELS) ? `${VOCABULARY.property}alias` : `${skos}altLabel`;
  return aliases.filter((alias) => !known.has(alias)).map((alias) => [predicate, alias]);
}

function stateDescription(
  { description }: EntityRow,
  derived: Fields,
): readonly (readonly [string, string])[] {
  if (description === null || description === derived.description) return [];
  const isStated = derived.has(DESCRIPTIONS) && derived.description !== null;
  return [[isStated ? `${VOCABULARY.property}description` : `${dct}description`, description]];
}
