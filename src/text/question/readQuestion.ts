import { type Atom, isWide, readAtoms } from "../atoms.ts";
import { COMMON_WORDS } from "../commonWords.ts";
import type { Reader } from "../extract/extractTriples.ts";
import { opennessOf } from "../fitsType.ts";
import { singularOf } from "../lexicon/typeWords.ts";
import { linkMentions } from "../linkMentions.ts";
import type { Candidate, Mention } from "../types.ts";
import {
  ASKING,
  INTERROGATIVES,
  type QuestionWords,
  questionWords,
  type WordMeaning,
} from "./questionWords.ts";

/** Words of a question that name a relation, a type, or either. */
export interface Cue extends WordMeaning {
  readonly quote: string;
  readonly start: number;
}

/** An entity that a question names. */
export interface Anchor {
  readonly quote: string;
  readonly start: number;
  readonly candidates: readonly Candidate[];
}

/** The parts of a question, in the order of the text. */
export interface QuestionParts {
  readonly anchors: readonly Anchor[];
  readonly cues: readonly Cue[];
  /** The cue that says what is asked for; null where only the interrogative does. */
  readonly asked: Cue | null;
  /** Whether it stands beside the interrogative: "which director". */
  readonly isAskedOutright: boolean;
  readonly isCount: boolean;
  /** Whether what the question names is no answer: "other", "else", "same … as". */
  readonly isOther: boolean;
  readonly unknownWords: readonly string[];
}

const COUNT = /\bhow many\b|\bnumber of\b|多少|几(?:部|个|家|位)|数量/iu;
const OTHER =
  /\b(?:else|other|others|another|same|share|shares|similar to)\b|其他|其它|另外|还有?(?:拍|导|执|发|主)|同一|相同/iu;
const OTHER_WORDS = new Set(
  "else other others another same share shares number similar together 数 量 另 外 相".split(" "),
);

/** Reads the parts of a question: the entities, the words that name relations and types, and what is left. */
export function readQuestion(question: string, reader: Reader): QuestionParts {
  const words = questionWords(reader.graph, reader.words);
  const atoms = readAtoms(question);
  const mentions = linkMentions(question, reader.gazetteer, reader.graph).filter(
    (mention) => mention.asName || !isWord(mention, words),
  );
  const anchors: Anchor[] = [...mentions];
  const cues: Cue[] = [];
  const unknownWords: string[] = [];
  for (let at = 0; at < atoms.length; ) {
    const mention = mentions.find(({ start, end }) => atoms[at].start >= start && atoms[at].start < end);
    const found = mention ? null : longestCue(atoms, at, { question, words });
    if (found) cues.push(found.cue);
    if (!mention && !found) {
      const plural = pluralAnchor(question, atoms[at], reader);
      if (plural) anchors.push(plural);
      else if (!isIdle(atoms[at].norm)) unknownWords.push(question.slice(atoms[at].start, atoms[at].end));
    }
    at += found ? found.length : 1;
  }
  anchors.sort((a, b) => a.start - b.start);
  return {
    ...{ anchors: anchors.map((anchor) => hinted(anchor, question, cues)), cues, unknownWords },
    ...askedOf(atoms, cues),
    isCount: COUNT.test(question),
    isOther: OTHER.test(question),
  };
}

function isWord({ quote }: Mention, { meanings }: QuestionWords): boolean {
  const form = readAtoms(quote)
    .map(({ norm }) => norm)
    .join(" ");
  return meanings.has(form);
}

function isIdle(norm: string): boolean {
  return ASKING.has(norm) || OTHER_WORDS.has(norm) || COMMON_WORDS.has(norm);
}

function longestCue(
  atoms: readonly Atom[],
  at: number,
  { question, words }: { readonly question: string; readonly words: QuestionWords },
): { readonly cue: Cue; readonly length: number } | null {
  for (let length = Math.min(words.longest, atoms.length - at); length > 0; length--) {
    const form = atoms
      .slice(at, at + length)
      .map(({ norm }) => norm)
      .join(" ");
    const meaning = words.meanings.get(form);
    if (!meaning) continue;
    const { start } = atoms[at];
    return { cue: { ...meaning, start, quote: question.slice(start, atoms[at + length - 1].end) }, length };
  }
  return null;
}

/** "westerns" is the genre Western: only words of a closed list have a plural. */
function pluralAnchor(question: string, { norm, start, end }: Atom, { gazetteer }: Reader): Anchor | null {
  const singular = singularOf(norm);
  const entries = singular === null ? [] : gazetteer.find(singular);
  const closed = entries.filter(({ entity }) => opennessOf(entity.type, gazetteer) === "CLOSED");
  if (closed.length === 0) return null;
  const confidence = 1 / closed.length;
  return {
    ...{ quote: question.slice(start, end), start },
    candidates: closed.map(({ entity }) => ({ entity, confidence })),
  };
}

/** Keeps of an anchor's candidates those of the type that the word behind it says: "the Alien series". */
function hinted(anchor: Anchor, question: string, cues: readonly Cue[]): Anchor {
  const behind = anchor.start + anchor.quote.length;
  const next = cues.find(
    ({ start }) => start >= behind && /^[\s"”》]*$/u.test(question.slice(behind, start)),
  );
  const fit = anchor.candidates.filter(({ entity }) => next?.types.has(entity.type));
  return fit.length > 0 ? { ...anchor, candidates: fit } : anchor;
}

/** The first word for a type at or behind the interrogative; else the last one before it. */
function askedOf(
  atoms: readonly Atom[],
  cues: readonly Cue[],
): Pick<QuestionParts, "asked" | "isAskedOutright"> {
  const typed = cues.filter(({ types }) => types.size > 0);
  const place = atoms.findIndex(({ norm }) => INTERROGATIVES.has(norm));
  if (place < 0) return { asked: typed[0] ?? null, isAskedOutright: false };
  const behind = typed.filter(({ start }) => start >= atoms[place].start);
  const asked = behind[0] ?? typed.at(-1) ?? null;
  let next = place + 1;
  while (next < atoms.length && isWide(atoms[next].norm) && ASKING.has(atoms[next].norm)) next++; // 哪一部
  const isAskedOutright = asked !== null && asked.start <= (atoms[next] ?? atoms[place]).start;
  return { asked, isAskedOutright };
}
