import type { Graph, RelationId } from "../../kg/types.ts";
import { nameForm } from "../atoms.ts";
import { COMMON_WORDS } from "../commonWords.ts";
import { CHINESE_ASKING } from "../lexicon/chinese.ts";
import { ENGLISH_ASKING } from "../lexicon/english.ts";
import { relationLexicon } from "../lexicon/relationLexicon.ts";
import type { RelationWords } from "../lexicon/types.ts";
import { pluralOf, typeWords } from "../lexicon/typeWords.ts";

/** What a word, or some words, of a question may mean. */
export interface WordMeaning {
  readonly relations: ReadonlySet<RelationId>;
  readonly types: ReadonlySet<string>;
}

/** The words by which questions over a graph are understood, as `nameForm` spells them. */
export interface QuestionWords {
  readonly meanings: ReadonlyMap<string, WordMeaning>;
  /** Atoms of the longest. */
  readonly longest: number;
}

const TRAILING = / (?:by|in|on|of|from|to|a|an|the|as|through)$/;

/** Words that ask, and say nothing of what is asked about. */
export const ASKING: ReadonlySet<string> = new Set(`${ENGLISH_ASKING} ${CHINESE_ASKING}`.trim().split(/\s+/));

/** Words after which stands what is asked for, or which are it themselves. */
export const INTERROGATIVES: ReadonlySet<string> = new Set(
  "which what who whom when many list show find name 哪 什 谁 几 多 何".split(" "),
);

/** Collects what words mean over a graph: its relations and types, with what the lexicon has for them. */
export function questionWords(graph: Graph, own: readonly RelationWords[] = []): QuestionWords {
  const meanings = new Map<string, { relations: Set<RelationId>; types: Set<string> }>();
  const meaningOf = (phrase: string) => {
    const form = nameForm(phrase);
    const meaning = meanings.get(form) ?? { relations: new Set(), types: new Set() };
    if (form !== "") meanings.set(form, meaning);
    return meaning;
  };
  for (const relation of graph.relations) {
    const { passive, active, nouns, cues } = relationLexicon(relation, own);
    for (const phrase of [...passive, ...active].flatMap(withoutEnd))
      meaningOf(phrase).relations.add(relation.id);
    for (const phrase of cues) meaningOf(phrase).relations.add(relation.id);
    for (const noun of nouns.flatMap((one) => [one, pluralOf(one)])) {
      meaningOf(noun).relations.add(relation.id);
      for (const type of relation.range ?? []) meaningOf(noun).types.add(type);
    }
  }
  for (const type of graph.types) for (const word of typeWords(type)) meaningOf(word).types.add(type);
  const longest = Math.max(1, ...[...meanings.keys()].map((form) => form.split(" ").length));
  return { meanings, longest };
}

/** A phrase with and without its preposition, where it then still says something. */
function withoutEnd(phrase: string): string[] {
  const bare = phrase.replace(TRAILING, "").replace(/^(?:is|was) /, "");
  return [...new Set([phrase, bare])].filter((one) => one.split(" ").some((word) => !COMMON_WORDS.has(word)));
}
