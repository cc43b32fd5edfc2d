import { localName } from "./keys.ts";
import { attributeToTerms } from "./literals.ts";
import type { Literal, Term } from "./Term.ts";
import { NAMESPACES, RDF_TYPE } from "./vocabulary.ts";

const { rdfs, owl, skos, schema, foaf, dct } = NAMESPACES;
const OLD_SCHEMA = "http://schema.org/";

/** Predicates that name a thing, the best first. */
export const LABELS = [
  `${rdfs}label`,
  `${skos}prefLabel`,
  `${schema}name`,
  `${OLD_SCHEMA}name`,
  `${foaf}name`,
];
export const ALIASES = [`${skos}altLabel`, `${schema}alternateName`, `${OLD_SCHEMA}alternateName`];
export const DESCRIPTIONS = [
  `${dct}description`,
  `${rdfs}comment`,
  `${schema}description`,
  `${OLD_SCHEMA}description`,
];
const TYPES_OF_ALL = new Set([`${owl}Thing`, `${owl}NamedIndividual`, `${rdfs}Resource`]);
const MAX_NAME_BYTES = 2048; // as an import lets pass
const MAX_TYPE_BYTES = 255;

/** Where the value of a field stands among others of the same thing: the highest preference is taken, then the first. */
export interface Candidate {
  readonly text: string;
  readonly preference: number;
}

/** Gives what a label says as a name: without a language before English before others, and by predicate. */
export function nameOf(predicate: string, { value, language }: Literal): Candidate {
  const rank = value === "" ? 0 : language === "" ? 3 : isEnglish(language) ? 2 : 1;
  return { text: clip(value, MAX_NAME_BYTES), preference: 10 * rank - LABELS.indexOf(predicate) };
}

/** Gives what a statement says as a description, or null where it is in another language than English. */
export function descriptionOf(predicate: string, { value, language }: Literal): Candidate | null {
  if (language !== "" && !isEnglish(language)) return null;
  const preference = (language === "" ? 20 : 10) - DESCRIPTIONS.indexOf(predicate);
  return { text: clip(value), preference };
}

export function aliasOf({ value }: Literal): string {
  return clip(value, MAX_NAME_BYTES);
}

/** Gives the type that a class is, or null for a class of everything. */
export function typeOf(object: Term): string | null {
  if (object.termType !== "NamedNode" || TYPES_OF_ALL.has(object.value)) return null;
  return clip(localName(object.value), MAX_TYPE_BYTES) || null;
}

/** What an import makes of the attributes of an entity; null and none where they say nothing. */
export interface Fields {
  readonly name: string | null;
  readonly type: string | null;
  readonly description: string | null;
  readonly aliases: readonly string[];
  /** Whether a predicate of the list is among the attributes. */
  has(predicates: readonly string[]): boolean;
}

/** Derives the fields of an entity from its attributes, given by IRI, as the import of the same statements does. */
export function deriveFields(attributes: ReadonlyMap<string, string>): Fields {
  const read = <T>(
    predicates: readonly string[],
    take: (predicate: string, object: Term) => T | null,
  ): readonly T[] =>
    predicates.flatMap((predicate) => {
      const text = attributes.get(predicate);
      return text === undefined
        ? []
        : attributeToTerms(text).flatMap(({ object }) => take(predicate, object) ?? []);
    });
  const names = read(LABELS, (predicate, object) =>
    object.termType === "Literal" ? nameOf(predicate, object) : null,
  );
  const name = findBest(names);
  const others = names.map(({ text }) => text).filter((text) => text !== name);
  const stated = read(ALIASES, (_, object) => (object.termType === "Literal" ? aliasOf(object) : null));
  const descriptions = read(DESCRIPTIONS, (predicate, object) =>
    object.termType === "Literal" ? descriptionOf(predicate, object) : null,
  );
  const types = read([RDF_TYPE], (_, object) => typeOf(object));
  return {
    name,
    type: types[0] ?? null,
    description: findBest(descriptions),
    aliases: [...new Set([...others, ...stated])],
    has: (predicates) => predicates.some((predicate) => attributes.has(predicate)),
  };
}

function findBest(candidates: readonly Candidate[]): string | null {
  let best: Candidate | null = null;
  for (const one of candidates) if (best === null || one.preference > best.preference) best = one;
  return best?.text ?? null;
}

function isEnglish(language: string): boolean {
  return /^en\b/i.test(language);
}

/** Text that Postgres can hold, of at most so many bytes. */
function clip(text: string, maxBytes = Number.POSITIVE_INFINITY): string {
  const storable = text.replaceAll("\0", "\uFFFD");
  if (storable.length * 3 <= maxBytes || Buffer.byteLength(storable) <= maxBytes) return storable;
  const decoder = new TextDecoder();
  return decoder.decode(Buffer.from(storable).subarray(0, maxBytes), { stream: true }); // drops a half character
}
