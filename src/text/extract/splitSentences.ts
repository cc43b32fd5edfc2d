import type { Span } from "../types.ts";

const END = /[.!?]+["”’)]*\s+(?=["“‘(《]?[\p{Lu}\p{N}\p{Script=Han}])|[。！？!?]+["”’」]*\s*|\n\s*\n/gu;
const ABBREVIATION = /(?:^|[\s(])(?:dir|mr|mrs|ms|dr|st|jr|sr|vs|prof|no|\p{L})$/iu;

/** Splits a text into sentences; a stop inside one of `names`, or behind an abbreviation, ends none. */
export function splitSentences(text: string, names: readonly Pick<Span, "start" | "end">[]): Span[] {
  const sentences: Span[] = [];
  let start = 0;
  const close = (end: number) => {
    if (text.slice(start, end).trim() !== "") {
      sentences.push({ start, end, quote: text.slice(start, end) });
    }
    start = end;
  };
  for (const match of text.matchAll(END)) {
    const at = match.index;
    const inside = names.some((name) => at >= name.start && at < name.end);
    const abbreviated = match[0].startsWith(".") && ABBREVIATION.test(text.slice(start, at));
    if (!inside && !abbreviated) close(at + match[0].length);
  }
  close(text.length);
  return sentences;
}
