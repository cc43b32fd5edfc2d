import nlp from "compromise";
import { normalise } from "./atoms.ts";
import { COMMON_WORDS, TITLES } from "./commonWords.ts";
import { quotedSpans } from "./quotedSpans.ts";
import type { Mention, Span, UnknownName } from "./types.ts";

const CAPITAL = String.raw`\p{Lu}(?:[\p{L}\p{M}\p{N}]|[-’'](?!s\b)(?=\p{L})|\.(?=\p{Lu}))*`;
const JOIN = `(?:of the|of|the|de la|de|del|della|di|du|la|le|von|van der|van|bin|al)`;
const RUN = new RegExp(`${CAPITAL}(?: (?:${JOIN} )?${CAPITAL})*(?: (?:\\d{1,2}|[IVX]{1,4})\\b)?`, "gu");
/** A name in Chinese: marked off by a dot between its parts, or by the words around whoever made something. */
const CHINESE = [
  /(?:(?<=[由是和与被，,、])|(?<!\p{Script=Han}))(?![由是和与被])\p{Script=Han}{1,6}(?:[·•]\p{Script=Han}{1,6}?)+(?=执导|导演|主演|出演|拍|发行|的|和|与|是|为|在|了|$|[^\p{Script=Han}·•])/gu,
  /(?<=由)\p{Script=Han}{2,4}?(?=执导|导演|主演|出演|拍摄)/gu,
];

/** What the graph knows of a text, and what it does not. */
export interface FoundNames {
  readonly mentions: readonly Mention[];
  readonly unknown: readonly UnknownName[];
}

/**
 * Finds the names in a text that no mention covers: titles in quotation marks, and runs of words with capitals,
 * told apart into people, places and organisations by compromise. A mention inside a longer name is dropped:
 * "Alien" of "Alien Covenant" is not the film. English; Chinese by 《》 and ·.
 */
export function findUnknownNames(text: string, mentions: readonly Mention[]): FoundNames {
  const titles = quotedSpans(text).filter((span) => !mentions.some((mention) => overlaps(mention, span)));
  const kinds = readKinds(text);
  const unknown: UnknownName[] = titles
    .filter(({ quote }) => !/\p{Ll}/u.test(quote[0]))
    .map((span) => ({ ...span, kind: "TITLE" }));
  const dropped = new Set<Mention>();
  for (const run of runsOf(text)) {
    const inside = mentions.filter((mention) => overlaps(mention, run));
    if (unknown.some((name) => overlaps(name, run))) continue;
    if (inside.some(({ start, end }) => start < run.start || end > run.end)) continue;
    const name = trimmed(text, run, inside);
    if (name === null) continue;
    const opens = /(?:^|[.!?:]["”’)]?\s+)$/u.test(text.slice(0, name.start));
    if (opens && kinds.others.some(({ start, end }) => start === name.start && end >= name.end)) continue;
    for (const mention of inside) if (overlaps(mention, name)) dropped.add(mention);
    unknown.push({ ...name, kind: kindOf(name, kinds) });
  }
  return { mentions: mentions.filter((mention) => !dropped.has(mention)), unknown };
}

function runsOf(text: string): Span[] {
  return [RUN, ...CHINESE]
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map(({ index, 0: quote }) => ({ start: index, end: index + quote.length, quote }));
}

/** The run without what begins a sentence or stands before a name; null where mentions make up the rest. */
function trimmed(text: string, run: Span, inside: readonly Mention[]): Span | null {
  let { start } = run;
  for (;;) {
    const word = /^[^\s]+/u.exec(text.slice(start, run.end))?.[0];
    if (!word || inside.some((mention) => mention.start === start)) break;
    const norm = normalise(word);
    const opensSentence = /(?:^|[.!?。！？:]["”’)]?\s+|^["“‘(])$/u.test(text.slice(0, start));
    const isArticle = norm === "the" || norm === "a";
    const drop =
      TITLES.has(norm) || (COMMON_WORDS.has(norm) && !(isArticle && start + word.length < run.end));
    if (!drop && !(opensSentence && inside.length > 0 && !isArticle)) break;
    start += word.length;
    while (text[start] === " ") start++;
    if (start >= run.end) return null;
  }
  let covered = start;
  for (const mention of inside) {
    if (/^[\s]*$/u.test(text.slice(covered, mention.start))) covered = mention.end;
  }
  if (inside.length > 0 && /^[\s.]*$/u.test(text.slice(covered, run.end))) return null;
  return { start, end: run.end, quote: text.slice(start, run.end) };
}

interface Kinds {
  readonly people: readonly Span[];
  readonly places: readonly Span[];
  readonly organizations: readonly Span[];
  /** Words that are no names: they have a capital only where they open a sentence. */
  readonly others: readonly Span[];
}

function readKinds(text: string): Kinds {
  const doc = nlp(text);
  return {
    people: spansOf(doc.people()),
    places: spansOf(doc.places()),
    organizations: spansOf(doc.organizations()),
    others: spansOf(doc.match("(#Verb|#Adverb|#Preposition|#Conjunction|#Pronoun)")),
  };
}

function spansOf(view: { json(options: object): unknown }): Span[] {
  const found = view.json({ offset: true }) as {
    text: string;
    offset?: { start: number; length: number };
  }[];
  return found.flatMap(({ text: quote, offset }) =>
    offset
      ? [{ start: offset.start, end: offset.start + quote.replace(/[^\p{L}\p{N}]+$/u, "").length, quote }]
      : [],
  );
}

function kindOf(name: Span, { people, places, organizations }: Kinds): UnknownName["kind"] {
  if (/\b(?:Pictures|Films|Studios?|Entertainment|Company|Inc|Productions|Releasing)$/u.test(name.quote)) {
    return "ORGANIZATION";
  }
  if (people.some((span) => overlaps(span, name)) || /^\p{Script=Han}/u.test(name.quote)) return "PERSON";
  if (organizations.some((span) => overlaps(span, name))) return "ORGANIZATION";
  return places.some((span) => overlaps(span, name)) ? "PLACE" : "NAME";
}

/** Tells whether two places of a text have a character in common. */
export function overlaps(a: Pick<Span, "start" | "end">, b: Pick<Span, "start" | "end">): boolean {
  return a.start < b.end && b.start < a.end;
}
