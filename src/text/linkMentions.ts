import type { Graph } from "../kg/types.ts";
import { type Atom, isWide, readAtoms } from "./atoms.ts";
import { COMMON_WORDS } from "./commonWords.ts";
import type { Gazetteer, NameEntry, NameMatch } from "./Gazetteer.ts";
import { quotedSpans } from "./quotedSpans.ts";
import type { Mention, Span } from "./types.ts";
import { weighCandidates } from "./weighCandidates.ts";

/** A mention whose candidates are not yet weighed. */
export interface RawMention extends Span {
  readonly entries: readonly NameEntry[];
  readonly asName: boolean;
  /** The year that the text gives it, as "Psycho (1998)". */
  readonly year: number | null;
}

const YEAR_AFTER = /^["”》]?\s*[(（](\d{4})\b/u;
const YEAR_BEFORE = /\b(\d{4})(?: (?:film|movie|remake|version|original))?(?: of)? ["“]?$/u;

/**
 * Finds the names of entities in a text, longest first, none inside another. What stands in quotation marks is
 * a name as a whole or not at all. Candidates are weighed by how the name fits, by degree, and by what else the
 * text names that the graph ties to them. Costs a few look-ups per word.
 */
export function linkMentions(text: string, gazetteer: Gazetteer, graph: Graph): Mention[] {
  return weighCandidates(findMentions(text, gazetteer), graph);
}

function findMentions(text: string, gazetteer: Gazetteer): RawMention[] {
  const atoms = readAtoms(text);
  const quoted = quotedSpans(text);
  const found: RawMention[] = [];
  for (let at = 0; at < atoms.length; ) {
    const quote = quoted.find(({ start, end }) => atoms[at].start >= start && atoms[at].end <= end);
    const match = gazetteer.match(atoms, at);
    const span = match && spanOf(text, atoms, { at, length: match.length });
    const fits = quote ? span?.start === quote.start && span.end === quote.end : true;
    const mention = match && span && fits ? mentionOf(span, atoms[at], { match, quote }) : null;
    if (mention) found.push({ ...mention, year: yearBeside(text, mention) });
    at += mention && match ? match.length : 1;
  }
  return found;
}

function spanOf(
  text: string,
  atoms: readonly Atom[],
  { at, length }: { readonly at: number; readonly length: number },
): Span {
  const { start } = atoms[at];
  let { end } = atoms[at + length - 1];
  // A stop that belongs to the name, as in "Warner Bros." or "10,000 B.C.", is part of it where more follows.
  if (text[end] === "." && /^\.\s*[\p{Ll},;(]/u.test(text.slice(end, end + 12))) end++;
  return { start, end, quote: text.slice(start, end) };
}

function mentionOf(
  span: Span,
  first: Atom,
  { match, quote }: { readonly match: NameMatch; readonly quote: Span | undefined },
): Omit<RawMention, "year"> | null {
  const { entries, length } = match;
  const literal = entries.some(({ written }) => written === span.quote);
  const asName = quote !== undefined || literal || isCased(span.quote);
  const single = length === 1;
  if (single && !quote && (COMMON_WORDS.has(first.norm) || isWide(first.norm))) return null;
  if (single && !quote && first.norm.length === 1 && !literal) return null;
  return { ...span, entries, asName };
}

function yearBeside(text: string, { start, end }: Span): number | null {
  const beside =
    YEAR_AFTER.exec(text.slice(end, end + 12)) ??
    YEAR_BEFORE.exec(text.slice(Math.max(0, start - 24), start));
  return beside && Number(beside[1]);
}

/** Tells whether each word that matters begins as names do. */
function isCased(quote: string): boolean {
  return readAtoms(quote).every(({ norm, start }) => COMMON_WORDS.has(norm) || !/\p{Ll}/u.test(quote[start]));
}
