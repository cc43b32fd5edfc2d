import type { Span } from "./types.ts";

const QUOTES =
  /《([^《》]{1,80})》|“([^“”]{1,80})”|"([^"]{1,80})"|「([^「」]{1,80})」|‘([^‘’]{2,80})’(?!\p{L})/gu;
const MOST_WORDS = 9; // what is longer is speech

/** Finds what stands in quotation marks or title marks and is short enough for a title; the marks are left out. */
export function quotedSpans(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(QUOTES)) {
    const raw = match.slice(1).find((group) => group !== undefined) as string;
    const quote = raw.replace(/^\s+|[\s,.!?，。]+$/gu, "");
    if (quote === "" || quote.split(/\s+/).length > MOST_WORDS) continue;
    const start = match.index + 1 + raw.indexOf(quote);
    spans.push({ start, end: start + quote.length, quote });
  }
  return spans;
}
