import { isPlainJSON, isPlainNumber, splitArray } from "./jsonText.ts";
import { iriToKey, isBlankKey, keyToIri } from "./keys.ts";
import type { Literal, Node, Term } from "./Term.ts";
import { DIR_LANG_STRING, LANG_STRING, NAMESPACES, RDF_JSON, XSD_STRING } from "./vocabulary.ts";

const { xsd } = NAMESPACES;

/** An object of RDF with the graph that it is stated in. */
export interface Stated {
  readonly object: Term;
  readonly graph: Node | null;
}

/**
 * Writes an object of RDF as the JSON text of an attribute's value, such that `attributeToTerms` gives it again to
 * the letter. What a JSON value says is that value: "Alien", 117, 104.9, true, an rdf:JSON in the form of Postgres.
 * Anything else is an object in the manner of JSON-LD: {"@value", "@type" | "@language", "@direction"}, or {"@id"}
 * for a resource, with "@graph" for the name of a graph. With "@escaped", `\0` of the value is U+0000, which Postgres
 * cannot hold, and `\\` a backslash.
 */
export function termToJSON({ object, graph }: Stated): string {
  const name = graph === null ? {} : { "@graph": nodeToKey(graph) };
  if (object.termType !== "Literal") return JSON.stringify({ "@id": nodeToKey(object), ...name });
  const plain = graph === null ? findPlain(object) : null;
  return plain ?? JSON.stringify({ ...exactly(object), ...name });
}

/** Reads the objects that the JSON text of an attribute stands for: several where it is a list of such. */
export function attributeToTerms(text: string): readonly Stated[] {
  if (!text.startsWith("[")) return [valueToTerm(text)];
  const elements = splitArray(text);
  const isList = elements.length > 1 && new Set(elements).size === elements.length;
  const terms = isList ? elements.map(valueToTerm) : [];
  // A list of which RDF would not give every element again as it is, is one value.
  return isList && elements.every((element, index) => isKept(element, terms[index]))
    ? terms
    : [{ object: literal(text, RDF_JSON), graph: null }];
}

/** The key of a node, however long. */
export function nodeToKey(node: Node): string {
  return node.termType === "BlankNode" ? node.value : iriToKey("entity", node.value);
}

export function keyToNode(key: string): Node {
  return isBlankKey(key)
    ? { termType: "BlankNode", value: key }
    : { termType: "NamedNode", value: keyToIri("entity", key) };
}

export function literal(value: string, datatype: string = XSD_STRING): Literal {
  return { termType: "Literal", value, language: "", datatype };
}

/** Gives the JSON value that a literal is, or null where it would come back as another. */
function findPlain({ value, language, datatype }: Literal): string | null {
  if (language !== "") return null;
  if (datatype === XSD_STRING) return value.includes("\0") ? null : JSON.stringify(value);
  if (datatype === `${xsd}boolean`) return /^(?:true|false)$/.test(value) ? value : null;
  if (datatype === `${xsd}integer`) return isPlainNumber(value) && !value.includes(".") ? value : null;
  if (datatype === `${xsd}decimal`) return isPlainNumber(value) && value.includes(".") ? value : null;
  if (datatype !== RDF_JSON || !isPlainJSON(value)) return null;
  const [only, ...others] = attributeToTerms(value);
  return others.length === 0 && isSame(only.object, literal(value, RDF_JSON)) ? value : null;
}

function exactly({ value, language, direction, datatype }: Literal): Readonly<Record<string, unknown>> {
  const hasNul = value.includes("\0");
  return {
    "@value": hasNul ? value.replaceAll("\\", "\\\\").replaceAll("\0", "\\0") : value,
    ...(hasNul ? { "@escaped": true } : {}),
    ...(language !== ""
      ? { "@language": language }
      : datatype === XSD_STRING
        ? {}
        : { "@type": iriToKey("entity", datatype) }),
    ...(direction === undefined ? {} : { "@direction": direction }),
  };
}

/** Reads the one object that a JSON text is, where it is no list. */
function valueToTerm(text: string): Stated {
  const inDefault = (object: Term): Stated => ({ object, graph: null });
  if (text.startsWith('"')) return inDefault(literal(JSON.parse(text) as string));
  if (text === "true" || text === "false") return inDefault(literal(text, `${xsd}boolean`));
  if (/^[-\d]/.test(text))
    return inDefault(literal(text, xsd + (text.includes(".") ? "decimal" : "integer")));
  const read = text.startsWith('{"@')
    ? readObject(JSON.parse(text) as Readonly<Record<string, unknown>>)
    : null;
  // An object that only looks like one of ours is JSON like any other.
  return read !== null && isKept(text, read) ? read : inDefault(literal(text, RDF_JSON));
}

function readObject(json: Readonly<Record<string, unknown>>): Stated | null {
  if (!Object.values(json).every((value) => typeof value === "string" || value === true)) return null;
  const text = (name: string): string | undefined => json[name] as string | undefined;
  const [id, value, name] = [text("@id"), text("@value"), text("@graph")];
  const graph = name === undefined ? null : keyToNode(name);
  if (id !== undefined) return { object: keyToNode(id), graph };
  if (typeof value !== "string") return null;
  const [language, direction, type] = [text("@language") ?? "", text("@direction"), text("@type")];
  const datatype =
    language === ""
      ? type === undefined
        ? XSD_STRING
        : keyToIri("entity", type)
      : direction === undefined
        ? LANG_STRING
        : DIR_LANG_STRING;
  const plain =
    json["@escaped"] === true ? value.replace(/\\[\\0]/g, (two) => (two === "\\0" ? "\0" : "\\")) : value;
  const object: Literal = { termType: "Literal", value: plain, language, datatype };
  return {
    object: direction === "ltr" || direction === "rtl" ? { ...object, direction } : object,
    graph,
  };
}

/** Whether a term would be written as this JSON again, whatever the order of the members. */
function isKept(text: string, stated: Stated): boolean {
  const again = termToJSON(stated);
  return again === text || (text.startsWith("{") && isSame(JSON.parse(again), JSON.parse(text)));
}

function isSame(one: object, other: object): boolean {
  const order = (value: object): string => JSON.stringify(Object.entries(value).sort());
  return order(one) === order(other);
}
