import type { Span } from "./types.ts";

const BREAK = /\n\s*\n|[.!?]["”’)]*\s+(?=\p{Lu})|[。！？]/gu;

/** Splits a text between paragraphs or sentences into parts of about `size` characters; no character is lost. */
export function splitText(text: string, size: number): Span[] {
  const parts: Span[] = [];
  let start = 0;
  const close = (end: number) => {
    if (end > start) parts.push({ start, end, quote: text.slice(start, end) });
    start = end;
  };
  for (const { index, 0: mark } of text.matchAll(BREAK)) {
    if (index + mark.length - start >= size) close(index + mark.length);
  }
  close(text.length);
  return parts;
}
