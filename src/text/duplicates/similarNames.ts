import { nameForm } from "../atoms.ts";
import type { NamedEntity } from "../types.ts";

/** Two entities of like names, by their places in the list. */
export interface SimilarPair {
  readonly a: number;
  readonly b: number;
  /** Shared trigrams over all trigrams of the two most similar names, as pg_trgm counts; 1: equal. */
  readonly similarity: number;
}

interface Form {
  readonly owner: number;
  /** Trigrams, the rarest first. */
  readonly trigrams: readonly string[];
}

const MOST_NAMES = 20; // of one entity
const MOST_ALIKE = 1_000; // names with one rare trigram; a name shared by more is no sign of a duplicate

/**
 * Finds all pairs of entities of which two names are at least `least` similar (0.3…1). Names with a similarity of s
 * share one of their (1 − s) × n + 1 rarest trigrams, so only those are indexed.
 * @see Chaudhuri, Ganti, Kaushik: A Primitive Operator for Similarity Joins in Data Cleaning (2006), prefix filter
 */
export function similarNames(entities: readonly NamedEntity[], least: number): SimilarPair[] {
  const forms = makeForms(entities);
  const best = new Map<number, number>(); // a × size + b → similarity
  const index = new Map<string, number[]>();
  forms.forEach(({ owner, trigrams }, place) => {
    const prefix = trigrams.slice(0, trigrams.length - Math.ceil(least * trigrams.length) + 1);
    const candidates = new Set<number>();
    for (const trigram of prefix) {
      const others = index.get(trigram) ?? [];
      if (others.length <= MOST_ALIKE) for (const other of others) candidates.add(other);
      others.push(place);
      index.set(trigram, others);
    }
    const own = new Set(trigrams);
    for (const at of candidates) {
      const other = forms[at];
      if (other.owner === owner) continue;
      const similarity = jaccard(own, other.trigrams);
      if (similarity < least) continue;
      const [a, b] = [Math.min(owner, other.owner), Math.max(owner, other.owner)];
      const key = a * entities.length + b;
      if (similarity > (best.get(key) ?? 0)) best.set(key, similarity);
    }
  });
  return [...best].map(([key, similarity]) => ({
    ...{ a: Math.floor(key / entities.length), b: key % entities.length, similarity },
  }));
}

function makeForms(entities: readonly NamedEntity[]): Form[] {
  const raw = entities.flatMap(({ name, aliases }, owner) => {
    const forms = new Set([name, ...aliases].slice(0, MOST_NAMES).map(nameForm));
    return [...forms].filter((form) => form !== "").map((form) => ({ owner, trigrams: trigramsOf(form) }));
  });
  const counts = new Map<string, number>();
  for (const { trigrams } of raw) {
    for (const trigram of trigrams) counts.set(trigram, (counts.get(trigram) ?? 0) + 1);
  }
  const rarity = (trigram: string) => counts.get(trigram) ?? 0;
  return raw.map(({ owner, trigrams }) => ({
    owner,
    trigrams: [...trigrams].sort((a, b) => rarity(a) - rarity(b) || (a < b ? -1 : 1)),
  }));
}

/** The trigrams of each word, with two spaces before and one behind it, as pg_trgm makes them. */
export function trigramsOf(form: string): Set<string> {
  const trigrams = new Set<string>();
  for (const word of form.split(" ")) {
    const padded = `  ${word} `;
    for (let at = 0; at + 3 <= padded.length; at++) trigrams.add(padded.slice(at, at + 3));
  }
  return trigrams;
}

function jaccard(a: ReadonlySet<string>, b: readonly string[]): number {
  let shared = 0;
  for (const trigram of b) if (a.has(trigram)) shared++;
  return shared / (a.size + b.length - shared);
}
