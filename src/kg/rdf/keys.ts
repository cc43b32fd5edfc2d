import { createHash } from "node:crypto";
import { NAMESPACES, VOCABULARY } from "./vocabulary.ts";

/** What a key names: entities, relations and attributes may have the same key and are different things. */
export type KeyKind = "entity" | "relation" | "attribute";

/** Attribute of an entity whose key is a digest: its whole IRI. */
export const LONG_IRI = "@id";

const MAX_KEY = 512; // as the tables check it
const DIGEST = "iri:sha256:";
const LOCAL = /^[^/#?:\s<>"{}|^`\\]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what an IRI must not hold
const PLAIN = /^(?:https?|ftp|file|urn|mailto|did):[^\x00-\x20<>"{}|^`\\]+$/;

/**
 * Makes the key of an IRI; different IRIs have different keys. An IRI that we made of a key gives that key, one of a
 * well-known namespace is shortened ("dbr:Alien"), one of a usual scheme is its own key, and any other is
 * `<in brackets>`, so that it is never taken for a key of somebody's own ("movie:1").
 */
export function iriToKey(kind: KeyKind, iri: string): string {
  const own = VOCABULARY[kind];
  if (iri.startsWith(own)) {
    const key = decode(iri.slice(own.length));
    const canBe = kind === "attribute" || (key !== "" && (kind === "relation" || !isBlankKey(key)));
    const isOurs = canBe && own + encodeURIComponent(key) === iri;
    return isOurs && findIri(kind, key) === null ? key : `<${iri}>`;
  }
  for (const [prefix, namespace] of Object.entries(NAMESPACES)) {
    if (iri.startsWith(namespace) && LOCAL.test(iri.slice(namespace.length))) {
      return `${prefix}:${iri.slice(namespace.length)}`;
    }
  }
  return PLAIN.test(iri) ? iri : `<${iri}>`;
}

/** Makes the IRI of a key that is no blank node, such that `iriToKey` gives the key again. */
export function keyToIri(kind: KeyKind, key: string): string {
  return findIri(kind, key) ?? VOCABULARY[kind] + encodeURIComponent(key);
}

/** Gives the IRI that a key is, or null for a key of somebody's own. */
function findIri(kind: KeyKind, key: string): string | null {
  if (key.startsWith("<") && key.endsWith(">")) {
    const iri = key.slice(1, -1);
    return iriToKey(kind, iri) === key ? iri : null;
  }
  const colon = key.indexOf(":");
  const namespace = (NAMESPACES as Readonly<Record<string, string>>)[key.slice(0, Math.max(colon, 0))];
  if (namespace && LOCAL.test(key.slice(colon + 1))) return namespace + key.slice(colon + 1);
  return PLAIN.test(key) && iriToKey(kind, key) === key ? key : null;
}

/** Gives the key as it is, or, where it is too long for the tables, a digest of it; `isDigest` tells which. */
export function shortenKey(key: string): { readonly key: string; readonly isDigest: boolean } {
  // The tables count code points, of which a string has at most as many as UTF-16 units.
  if (key.length <= MAX_KEY || [...key].length <= MAX_KEY) return { key, isDigest: false };
  return { key: DIGEST + createHash("sha256").update(key).digest("hex"), isDigest: true };
}

/** Gives the whole key behind a digest, or null where `key` is none of `whole`. */
export function restoreKey(key: string, whole: unknown): string | null {
  if (!key.startsWith(DIGEST) || typeof whole !== "string") return null;
  return shortenKey(whole).key === key ? whole : null;
}

/** Tells whether a key is that of a blank node. */
export function isBlankKey(key: string): boolean {
  return key.startsWith("_:");
}

const OWN_LABEL = "whygraph-";

/**
 * Makes the key of a blank node out of the name of its file and its label: the same file names it again. Give
 * different data different file names. A label that `blankLabel` has made gives the key that it was made of.
 */
export function blankKey(file: string, label: string): string {
  const known = label.startsWith(OWN_LABEL) ? decodeLabel(label.slice(OWN_LABEL.length)) : null;
  if (known !== null && blankLabel(`_:${known}`) === label) return `_:${known}`;
  const key = `_:${file}:${label}`;
  return shortenKey(key).isDigest ? `_:${shortenKey(key).key}` : key;
}

/** Makes the label of a blank node of a key, of letters, digits, "-" and "_" only, as every syntax allows them. */
export function blankLabel(key: string): string {
  const encoded = key
    .slice(2)
    .replace(/[^A-Za-z0-9-]/gu, (character) =>
      [...Buffer.from(character)].map((byte) => `_${byte.toString(16).padStart(2, "0")}`).join(""),
    );
  return OWN_LABEL + encoded;
}

function decodeLabel(text: string): string | null {
  return /%|_(?![0-9a-f]{2})/.test(text) ? null : decode(text.replaceAll("_", "%"));
}

/** Makes the IRI of a type of ours. */
export function typeToIri(type: string): string {
  return VOCABULARY.type + encodeURIComponent(type);
}

/** Gives the type that `typeToIri` has made an IRI of, or null. */
export function iriToType(iri: string): string | null {
  const type = iri.startsWith(VOCABULARY.type) ? decode(iri.slice(VOCABULARY.type.length)) : "";
  return type !== "" && typeToIri(type) === iri ? type : null;
}

/** The last part of an IRI: "Film" of http://dbpedia.org/ontology/Film. */
export function localName(iri: string): string {
  const part = iri.split(/[/#:]/).findLast((one) => one !== "");
  return part === undefined ? iri : decode(part);
}

function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text);
    return decoded.includes("\0") ? text : decoded;
  } catch {
    return text;
  }
}
