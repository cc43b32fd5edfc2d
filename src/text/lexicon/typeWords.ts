import { nameForm } from "../atoms.ts";
import { CHINESE_TYPES } from "./chinese.ts";
import { ENGLISH_TYPES } from "./english.ts";

const ALL = [...ENGLISH_TYPES, ...CHINESE_TYPES];

/** Gives the words for the entities of a type: its own name, one and many, and those of the languages here. */
export function typeWords(type: string): string[] {
  const own = nameForm(type.replace(/_/g, " "));
  const known = ALL.filter(({ types }) => types.includes(type)).flatMap(({ words }) => words);
  return [...new Set([own, pluralOf(own), ...known])];
}

/** Names one or many entities of a type, for a sentence. */
export function typeNoun(type: string, many: boolean): string {
  const noun = ALL.find(({ types, noun }) => noun && types.includes(type))?.noun;
  if (noun) return noun[many ? 1 : 0];
  const own = type.replace(/_/g, " ");
  return many ? pluralOf(own) : own;
}

/** An English plural by the rule. */
export function pluralOf(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

/** The singular of an English plural by the rule; null for what is none. */
export function singularOf(word: string): string | null {
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^s]s$/.test(word) ? word.slice(0, -1) : null;
}
