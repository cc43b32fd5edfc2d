import { relationLabel } from "../../import/relationLabel.ts";
import { isBlankKey, keyToIri } from "../../rdf/keys.ts";
import { attributeToTerms, literal } from "../../rdf/literals.ts";
import { PROPERTY_TYPES, SYMMETRIC } from "../../rdf/propertyTypes.ts";
import type { Literal, Quad } from "../../rdf/Term.ts";
import { NAMESPACES, RDF_JSON, RDF_TYPE, VOCABULARY } from "../../rdf/vocabulary.ts";
import { type Attributes, makeIri, makeQuad, readFields, wholeKey } from "./stateEntity.ts";

const { rdf, rdfs, xsd } = NAMESPACES;

export interface RelationRow {
  readonly key: string;
  readonly label: string;
  readonly inverseLabel: string | null;
  readonly domain: readonly string[] | null;
  readonly range: readonly string[] | null;
  readonly maxPerHead: number | null;
  readonly symmetric: boolean;
  /** Whether a triple has it. */
  readonly isUsed: boolean;
  /** The entity of the same key, which is what RDF says about the relation. */
  readonly entity: { readonly name: string; readonly attributes: Attributes } | null;
}

/**
 * States a relation: what an import would not know of it by its triples and by the entity of the same key. A relation
 * of our own is an rdf:Property with a label; about one of somebody else's IRI we speak in our own vocabulary, so
 * that nothing is said in theirs that they have not said.
 */
export function stateRelation(relation: RelationRow): readonly Quad[] {
  const subject = makeIri(relationIri(relation.key, relation.entity?.attributes ?? []));
  const isOwn = subject.value.startsWith(VOCABULARY.relation);
  const stated = listFields(relation);
  const isDeclared = relation.isUsed || findTypes(relation).some((type) => PROPERTY_TYPES.has(type));
  if (stated.length === 0 && isDeclared) return [];
  const label = stated.some(([field]) => field === "label") || isOwn || !isDeclared ? [relation.label] : [];
  return [
    ...(isOwn ? [makeQuad(subject, RDF_TYPE, makeIri(`${rdf}Property`))] : []),
    ...label.map((text) =>
      makeQuad(subject, isOwn ? `${rdfs}label` : `${VOCABULARY.property}label`, literal(text)),
    ),
    ...stated
      .filter(([field]) => field !== "label")
      .map(([field, object]) => makeQuad(subject, VOCABULARY.property + field, object)),
  ];
}

/** The IRI of a relation, given what is known of the entity of the same key. */
export function relationIri(key: string, attributes: Attributes): string {
  return keyToIri("relation", wholeKey(key, attributes));
}

function listFields(relation: RelationRow): readonly (readonly [field: string, value: Literal])[] {
  const { key, label, inverseLabel, domain, range, maxPerHead, symmetric, entity } = relation;
  const json = (texts: readonly string[]): Literal => literal(JSON.stringify(texts), RDF_JSON);
  const derived = entity === null || isBlankKey(key) ? null : readFields(entity.attributes).name;
  const known = derived ?? (entity !== null && entity.name !== key ? entity.name : null);
  const isSymmetric = findTypes(relation).includes(SYMMETRIC);
  return [
    ...(label === known || label === relationLabel(key) ? [] : [["label", literal(label)] as const]),
    ...(inverseLabel === null ? [] : [["inverseLabel", literal(inverseLabel)] as const]),
    ...(domain === null ? [] : [["domain", json(domain)] as const]),
    ...(range === null ? [] : [["range", json(range)] as const]),
    ...(maxPerHead === null ? [] : [["maxPerHead", literal(String(maxPerHead), `${xsd}integer`)] as const]),
    ...(symmetric === isSymmetric
      ? []
      : [["symmetric", literal(String(symmetric), `${xsd}boolean`)] as const]),
  ];
}

function findTypes({ entity }: RelationRow): readonly string[] {
  const json = entity?.attributes.find(([name]) => name === "rdf:type")?.[1];
  return json === undefined ? [] : attributeToTerms(json).map(({ object }) => object.value);
}
