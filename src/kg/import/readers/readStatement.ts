import { ALIASES, aliasOf, DESCRIPTIONS, descriptionOf, LABELS, nameOf, typeOf } from "../../rdf/fields.ts";
import { iriToKey, iriToType } from "../../rdf/keys.ts";
import { nodeToKey, termToJSON } from "../../rdf/literals.ts";
import { PROPERTY_TYPES, SYMMETRIC } from "../../rdf/propertyTypes.ts";
import type { Literal, Node, Quad } from "../../rdf/Term.ts";
import { NAMESPACES, RDF_TYPE, VOCABULARY, XSD_STRING } from "../../rdf/vocabulary.ts";
import type { ImportRecord } from "../types.ts";
import { nameIri, nameNode } from "./nameNode.ts";
import { readOwnProperty } from "./readOwnProperty.ts";

const { rdf, rdfs } = NAMESPACES;
/**
 * Reads one RDF statement into records, of which the export makes the same statement again. An IRI becomes a key. A
 * statement of two resources is a triple; one with a literal is an attribute, to the letter, and so is rdf:type. Those
 * that name or describe a thing fill its fields besides. What our own export says beyond RDF's vocabularies goes where
 * it came from.
 */
export function readStatement(quad: Quad): readonly ImportRecord[] {
  const { subject, predicate, object, graph } = quad;
  const own = readOwnProperty(quad) ?? readOwnNames(quad);
  if (own !== null) return own;
  const head = nameNode(subject);
  if (object.termType !== "Literal" && predicate.value !== RDF_TYPE) {
    const [relation, tail] = [nameIri("relation", predicate.value), nameNode(object)];
    return [
      ...head.records,
      ...relation.records,
      ...tail.records,
      {
        kind: "triple",
        head: head.key,
        relation: relation.key,
        tail: tail.key,
        graph: graph === null ? null : nodeToKey(graph),
      },
    ];
  }
  const name = iriToKey("attribute", predicate.value);
  return [
    ...head.records,
    { kind: "attribute", key: head.key, name, value: termToJSON({ object, graph }) },
    ...readFields(quad, head.key),
  ];
}

/** The names that our own export gives to types, and to relations whose keys are no IRIs. */
function readOwnNames({ subject, predicate, object, graph }: Quad): readonly ImportRecord[] | null {
  if (graph !== null) return null;
  const isRelation = subject.termType === "NamedNode" && subject.value.startsWith(VOCABULARY.relation);
  const isPlain = object.termType === "Literal" && object.datatype === XSD_STRING;
  if (isRelation && predicate.value === `${rdfs}label` && isPlain) {
    const { key, records } = nameIri("relation", subject.value);
    return [...records, { kind: "relation", key, label: object.value }];
  }
  if (predicate.value !== RDF_TYPE || object.termType !== "NamedNode") return null;
  if (isRelation && object.value === `${rdf}Property`) {
    const { key, records } = nameIri("relation", subject.value);
    return [...records, { kind: "relation", key }];
  }
  return readOwnType(subject, object.value);
}

function readOwnType(subject: Node, iri: string): readonly ImportRecord[] | null {
  const type = iriToType(iri);
  if (type === null) return null;
  const { key, records } = nameNode(subject);
  return [...records, { kind: "entity", key, type }];
}

/** What an attribute says about the fields of its entity, or about a relation. */
function readFields({ subject, predicate: { value: predicate }, object }: Quad, key: string): ImportRecord[] {
  if (predicate === RDF_TYPE) {
    const type = typeOf(object);
    const records: ImportRecord[] = type === null ? [] : [{ kind: "entity", key, type, preference: 0 }];
    if (!PROPERTY_TYPES.has(object.value) || subject.termType !== "NamedNode") return records;
    const relation = nameIri("relation", subject.value);
    const symmetric = object.value === SYMMETRIC ? "true" : null;
    return [...records, ...relation.records, { kind: "relation", key: relation.key, symmetric }];
  }
  const literal = object as Literal;
  if (LABELS.includes(predicate)) {
    const { text, preference } = nameOf(predicate, literal);
    return [{ kind: "entity", key, name: text, preference }];
  }
  if (ALIASES.includes(predicate)) return [{ kind: "entity", key, aliases: [aliasOf(literal)] }];
  const described = DESCRIPTIONS.includes(predicate) ? descriptionOf(predicate, literal) : null;
  return described === null
    ? []
    : [{ kind: "entity", key, description: described.text, preference: described.preference }];
}
