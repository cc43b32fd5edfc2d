import type { Relation } from "../../kg/types.ts";
import type { Gazetteer } from "../Gazetteer.ts";
import { FITS, type Rule } from "./compileRules.ts";
import { type Filling, fillingOf, type Name } from "./fillingOf.ts";
import { isTakenBack } from "./isTakenBack.ts";
import { FIRST_NAME, type MaskedSentence } from "./maskSentence.ts";

/** A relation with its rules, closest first. */
export interface RuledRelation {
  readonly relation: Relation;
  readonly rules: readonly Rule[];
}

/** A sentence with the names that its mask stands for. */
export interface NamedSentence {
  readonly masked: MaskedSentence;
  readonly names: readonly Name[];
}

/** What a rule read: two ends, and where in the text. */
export interface RuleReading {
  readonly head: Filling;
  readonly tail: Filling;
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

interface Filler {
  readonly head: Filling | null;
  readonly tail: Filling | null;
}

/** Reads one relation out of a sentence. What one rule has read, no later one reads otherwise. */
export function readRelation(
  { relation, rules }: RuledRelation,
  { masked, names }: NamedSentence,
  gazetteer: Gazetteer,
): RuleReading[] {
  const fillers = names.map(
    (name): Filler => ({
      head: fillingOf(name, relation.domain, gazetteer),
      tail: fillingOf(name, relation.range, gazetteer),
    }),
  );
  if (!fillers.some(({ head }) => head) || !fillers.some(({ tail }) => tail)) return [];
  const sentence = classify(masked.text, fillers);
  const taken = new Map<number, string>(); // the rule that read the names that begin there, on the right
  const readings: RuleReading[] = [];
  for (const { name: rule, pattern } of rules) {
    for (const found of matchesOf(pattern, sentence)) {
      if ((taken.get(found.right) ?? rule) !== rule) continue;
      taken.set(found.right, rule);
      if (isTakenBack(masked.text, found.start, found.end)) continue;
      const place = { start: masked.starts[found.start], end: masked.ends[found.end - 1] };
      for (const [h, t] of pairsOf(found, masked.text)) {
        const { head } = fillers[h];
        const { tail } = fillers[t];
        if (head && tail && h !== t) readings.push({ head, tail, rule, ...place });
      }
    }
  }
  return readings;
}

/** Puts in the place of each name the class that says where it fits. */
function classify(text: string, fillers: readonly Filler[]): string {
  return [...text]
    .map((character) => {
      const filler = fillers[nameAt(character)];
      if (!filler) return character;
      if (filler.head) return filler.tail ? FITS.BOTH : FITS.HEAD;
      return filler.tail ? FITS.TAIL : FITS.NONE;
    })
    .join("");
}

function nameAt(character: string): number {
  return character.charCodeAt(0) - FIRST_NAME;
}

interface Found {
  readonly start: number;
  readonly end: number;
  readonly head: readonly [number, number];
  readonly tail: readonly [number, number];
  /** Where the names further right begin. */
  readonly right: number;
}

function* matchesOf(pattern: RegExp, sentence: string): Generator<Found> {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(sentence); match; match = pattern.exec(sentence)) {
    const { head, tail } = groupsOf(match);
    const end = Math.max(head[1], tail[1]); // without what a pattern takes in behind its names
    yield {
      start: Math.min(match.index, head[0], tail[0]),
      end,
      head,
      tail,
      right: Math.max(head[0], tail[0]),
    };
    pattern.lastIndex = Math.min(head[1], tail[1]); // what stands right of one phrase may stand left of the next
  }
}

/** The pairs of a list of heads and a list of tails: all of them, or one to one where it says "respectively". */
function pairsOf({ head, tail, end }: Found, text: string): [number, number][] {
  const namesIn = ([from, to]: readonly [number, number]) =>
    [...text.slice(from, to)].map(nameAt).filter((place) => place >= 0 && place < 0x1000);
  const heads = namesIn(head);
  const tails = namesIn(tail);
  if (
    heads.length > 1 &&
    heads.length === tails.length &&
    /^(?: ,)? respectively|分别/u.test(text.slice(end))
  ) {
    return heads.map((place, i) => [place, tails[i]]);
  }
  return heads.flatMap((h) => tails.map((t): [number, number] => [h, t]));
}

function groupsOf({ indices }: RegExpExecArray): Record<"head" | "tail", [number, number]> {
  if (!indices?.groups) throw new TypeError("a rule's pattern has no groups; expected head and tail");
  return indices.groups as Record<"head" | "tail", [number, number]>;
}
