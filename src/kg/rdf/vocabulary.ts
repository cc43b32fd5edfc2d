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

/**
 * IRIs of what is no IRI itself: keys of entities, relations and attributes, and types; `property` says what RDF's
 * vocabularies have no word for; a `statement` is a triple that something is said about.
 */
export const VOCABULARY = {
  entity: "urn:whygraph:entity:",
  relation: "urn:whygraph:relation:",
  attribute: "urn:whygraph:attribute:",
  type: "urn:whygraph:type:",
  property: "urn:whygraph:property:",
  statement: "urn:whygraph:statement:",
} as const;

const { rdf, xsd } = NAMESPACES;
export const RDF_TYPE = `${rdf}type`;
export const RDF_JSON = `${rdf}JSON`;
export const LANG_STRING = `${rdf}langString`;
export const DIR_LANG_STRING = `${rdf}dirLangString`;
export const XSD_STRING = `${xsd}string`;
