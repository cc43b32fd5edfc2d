import { isWide, readAtoms } from "../atoms.ts";
import type { Span } from "../types.ts";

/** Stands for the names of a masked sentence: name i is the character at FIRST_NAME + i. */
export const FIRST_NAME = 0xe100;

/** A sentence of lower-case words in which each name is one character, so that rules are regular expressions. */
export interface MaskedSentence {
  readonly text: string;
  /** Place in the original of each character. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

interface Token {
  readonly written: string;
  readonly start: number;
  readonly end: number;
}

const MARK = /[,;:()，；、：（）!?！？]/gu;
const TIGHT = /[，；、：（）！？]/u;

/** Masks a sentence: one space between words, none beside a character of Chinese. */
export function maskSentence(sentence: Span, names: readonly Span[]): MaskedSentence {
  const inNames = (at: number) => names.some(({ start, end }) => at >= start && at < end);
  const tokens: Token[] = names.map(({ start, end }, i) => ({
    ...{ start, end, written: String.fromCharCode(FIRST_NAME + i) },
  }));
  for (const { norm, start, end } of readAtoms(sentence.quote)) {
    const at = start + sentence.start;
    if (!inNames(at)) tokens.push({ written: norm, start: at, end: end + sentence.start });
  }
  for (const { index, 0: mark } of sentence.quote.matchAll(MARK)) {
    const at = index + sentence.start;
    if (!inNames(at)) tokens.push({ written: mark, start: at, end: at + 1 });
  }
  tokens.sort((a, b) => a.start - b.start);
  return join(tokens.filter(({ start }) => start >= sentence.start && start < sentence.end));
}

function join(tokens: readonly Token[]): MaskedSentence {
  let text = "";
  const starts: number[] = [];
  const ends: number[] = [];
  let before = "";
  for (const { written, start, end } of tokens) {
    if (text !== "" && !isTight(before) && !isTight(written)) {
      text += " ";
      starts.push(start);
      ends.push(start);
    }
    for (const _ of written) {
      starts.push(start);
      ends.push(end);
    }
    text += written;
    before = written;
  }
  return { text, starts, ends };
}

function isTight(token: string): boolean {
  return isWide(token) || TIGHT.test(token);
}
