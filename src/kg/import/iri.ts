/** Namespaces whose IRIs become short keys ("dbr:Alien"), always the same ones, whatever prefixes a file declares. */
export const NAMESPACES = {
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  owl: "http://www.w3.org/2002/07/owl#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  schema: "https://schema.org/",
  foaf: "http://xmlns.com/foaf/0.1/",
  dct: "http://purl.org/dc/terms/",
  dbo: "http://dbpedia.org/ontology/",
  dbr: "http://dbpedia.org/resource/",
  wd: "http://www.wikidata.org/entity/",
  wdt: "http://www.wikidata.org/prop/direct/",
} as const;

/** IRIs of what is no IRI itself: keys of entities, relations and attributes, types, and a few properties. */
export const VOCABULARY = {
  entity: "urn:whygraph:entity:",
  relation: "urn:whygraph:relation:",
  attribute: "urn:whygraph:attribute:",
  type: "urn:whygraph:type:",
  property: "urn:whygraph:property:",
} as const;

const OWN = [VOCABULARY.entity, VOCABULARY.relation, VOCABULARY.attribute, VOCABULARY.type];
const LOCAL = /^[^/#?:\s<>"{}|^`\\]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what an IRI must not hold
const WEB_IRI = /^https?:\/\/[^\x00-\x20<>"{}|^`\\]+$/;

/** Makes the key of an IRI: our own IRIs hold it, IRIs of well-known namespaces are shortened, others are keys. */
export function iriToKey(iri: string): string {
  for (const own of OWN) {
    if (iri.startsWith(own)) return decode(iri.slice(own.length));
  }
  for (const [prefix, namespace] of Object.entries(NAMESPACES)) {
    if (!iri.startsWith(namespace)) continue;
    const local = iri.slice(namespace.length);
    if (LOCAL.test(local)) return `${prefix}:${local}`;
  }
  return iri;
}

/** Makes the IRI of a key, such that `iriToKey` gives the key again; `kind` is where keys that are no IRIs go. */
export function keyToIri(kind: "entity" | "relation" | "attribute" | "type", key: string): string {
  const colon = key.indexOf(":");
  const namespace = (NAMESPACES as Readonly<Record<string, string>>)[key.slice(0, Math.max(colon, 0))];
  if (namespace && LOCAL.test(key.slice(colon + 1))) return namespace + key.slice(colon + 1);
  if (WEB_IRI.test(key) && iriToKey(key) === key) return key;
  return VOCABULARY[kind] + encodeURIComponent(key);
}

/** The last part of an IRI: "Film" of http://dbpedia.org/ontology/Film. */
export function localName(iri: string): string {
  const part = iri.split(/[/#:]/).findLast((one) => one !== "");
  return part === undefined ? iri : decode(part);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
