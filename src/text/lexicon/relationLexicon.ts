import type { Relation } from "../../kg/types.ts";
import { nameForm } from "../atoms.ts";
import { CHINESE_RELATIONS } from "./chinese.ts";
import { ENGLISH_RELATIONS } from "./english.ts";
import type { RelationWords } from "./types.ts";

const ALL = [...ENGLISH_RELATIONS, ...CHINESE_RELATIONS];

/** All words of one relation, in whatever language. */
export type Lexicon = Required<Omit<RelationWords, "labels">>;

/**
 * Gives the words of a relation: its own label (between head and tail) and inverse label (between tail and head),
 * those that the languages here have for such a label or key, and those that the caller adds.
 */
export function relationLexicon(relation: Relation, own: readonly RelationWords[] = []): Lexicon {
  const names = new Set([relation.label, relation.key, relation.key.replace(/[_:-]/g, " ")].map(nameForm));
  const words = [...ALL, ...own].filter(({ labels }) => labels.some((label) => names.has(nameForm(label))));
  const gather = (kind: Exclude<keyof Lexicon, "isImplied">) => [
    ...new Set(words.flatMap((entry) => entry[kind] ?? [])),
  ];
  const label = nameForm(relation.label);
  const inverse = relation.inverseLabel === null ? [] : [nameForm(relation.inverseLabel)];
  return {
    passive: [...new Set([label, ...gather("passive")])],
    active: [...new Set([...inverse, ...gather("active")])],
    nouns: gather("nouns"),
    templates: gather("templates"),
    cues: gather("cues"),
    isImplied: words.some(({ isImplied }) => isImplied === true),
  };
}
