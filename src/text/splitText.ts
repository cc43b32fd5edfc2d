import type { Span } from "./types.ts";

const BREAK = /\n\s*\n|[.!?]["”’)]*\s+(?=\p{Lu})|[。！？]/gu;

/**
 * Splits a text between paragraphs or sentences into parts of about `size` characters, a sentence without end into
 * parts of twice as many; no character is lost.
 */
export function splitText(text: string, size: number): Span[] {
  const parts: Span[] = [];
  let start = 0;
  const close = (end: number) => {
    if (end > start) parts.push({ start, end, quote: text.slice(start, end) });
    start = end;
  };
  for (const { index, 0: mark } of text.matchAll(BREAK)) {
    while (index - start > 2 * size) close(start + 2 * size);
    if (index + mark.length - start >= size) close(index + mark.length);
  }
  while (text.length - start > 2 * size) close(start + 2 * size);
  close(text.length);
  return parts;
}
