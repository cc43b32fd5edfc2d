import { setImmediate } from "node:timers/promises";
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
  /** Trigrams as numbers, ascending: the rarest first. */
  readonly trigrams: Int32Array;
}

const MOST_NAMES = 20; // of one entity
const MOST_ALIKE = 500; // names with one rare trigram; what more names share is no sign of a duplicate
const AT_A_TIME = 200; // names between which other requests get their turn

/**
 * Finds the pairs of entities of which two names are at least `least` similar (0.3…1). Names with a similarity of s
 * share one of their (1 − s) × n + 1 rarest trigrams, so only those are indexed, and only names of like length are
 * compared. Of a trigram that over 500 names have so far among their rarest, no more names are compared by it.
 * @see Chaudhuri, Ganti, Kaushik: A Primitive Operator for Similarity Joins in Data Cleaning (2006), prefix filter
 */
export async function similarNames(entities: readonly NamedEntity[], least: number): Promise<SimilarPair[]> {
  const forms = makeForms(entities);
  const best = new Map<number, number>(); // a × size + b → similarity
  const index = new Map<number, number[]>();
  const seenBy = new Int32Array(forms.length).fill(-1);
  for (let place = 0; place < forms.length; place++) {
    if (place % AT_A_TIME === AT_A_TIME - 1) await setImmediate();
    const { owner, trigrams } = forms[place];
    const prefix = trigrams.length - Math.ceil(least * trigrams.length) + 1;
    for (let rank = 0; rank < prefix && rank < trigrams.length; rank++) {
      const others = index.get(trigrams[rank]) ?? [];
      if (others.length === 0) index.set(trigrams[rank], others);
      for (const at of others) {
        if (seenBy[at] === place || forms[at].owner === owner) continue;
        seenBy[at] = place;
        const similarity = jaccard(trigrams, forms[at].trigrams, least);
        if (similarity < least) continue;
        const [a, b] = [Math.min(owner, forms[at].owner), Math.max(owner, forms[at].owner)];
        const key = a * entities.length + b;
        if (similarity > (best.get(key) ?? 0)) best.set(key, similarity);
      }
      if (others.length < MOST_ALIKE) others.push(place);
    }
  }
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
  const byRarity = [...counts].sort(([a, few], [b, many]) => few - many || (a < b ? -1 : 1));
  const ranks = new Map(byRarity.map(([trigram], rank) => [trigram, rank]));
  return raw.map(({ owner, trigrams }) => ({
    owner,
    trigrams: Int32Array.from(trigrams, (trigram) => ranks.get(trigram) ?? 0).sort(),
  }));
}

/** Shared over all; 0 where their lengths alone leave it below `least`. */
function jaccard(a: Int32Array, b: Int32Array, least: number): number {
  if (a.length < least * b.length || b.length < least * a.length) return 0;
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      shared++;
      i++;
      j++;
    } else if (a[i] < b[j]) i++;
    else j++;
  }
  return shared / (a.length + b.length - shared);
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
