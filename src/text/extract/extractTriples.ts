import type { Graph, Relation } from "../../kg/types.ts";
import { findUnknownNames, overlaps } from "../findUnknownNames.ts";
import type { Gazetteer } from "../Gazetteer.ts";
import type { RelationWords } from "../lexicon/types.ts";
import { linkMentions } from "../linkMentions.ts";
import type { ExtractedEnd, Extraction, ExtractionMethod } from "../types.ts";
import { confidenceOf } from "./calibration.ts";
import { compileRules } from "./compileRules.ts";
import type { Filling, Name } from "./fillingOf.ts";
import { hasTriple } from "./hasTriple.ts";
import { maskSentence } from "./maskSentence.ts";
import { type RuledRelation, type RuleReading, readRelation } from "./readRelation.ts";
import { splitSentences } from "./splitSentences.ts";

/** What a text is read with. */
export interface Reader {
  readonly gazetteer: Gazetteer;
  readonly graph: Graph;
  /** Phrases beyond the graph's own labels and those that come with whygraph. */
  readonly words?: readonly RelationWords[];
}

/**
 * Extracts the triples that a text states, by names and phrases: GAZETTEER where both ends are known, PATTERN
 * where one is new. What a sentence denies, asks, or tells as a rumour is no triple. Each triple comes once, by
 * its surest reading, in the order of the text.
 */
export function extractTriples(text: string, reader: Reader): Extraction[] {
  const { gazetteer, graph, words } = reader;
  const found = findUnknownNames(text, linkMentions(text, gazetteer, graph));
  const names: Name[] = [...found.mentions, ...found.unknown].sort((a, b) => a.start - b.start);
  const relations = graph.relations.map(
    (relation): RuledRelation => ({ relation, rules: compileRules(relation, words) }),
  );
  const extracted = splitSentences(text, names).flatMap((sentence) => {
    const inside = names.filter((name) => overlaps(name, sentence));
    if (inside.length < 2 || isQuestion(sentence.quote)) return [];
    const named = { masked: maskSentence(sentence, inside), names: inside };
    return relations.flatMap((ruled) =>
      readRelation(ruled, named, gazetteer).map((reading) =>
        extractionOf(reading, { text, reader, relation: ruled.relation }),
      ),
    );
  });
  return surestOf(extracted).sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function isQuestion(sentence: string): boolean {
  return /[?？]["”’」]*\s*$/u.test(sentence);
}

function extractionOf(
  { head, tail, rule, start, end }: RuleReading,
  { text, reader, relation }: { readonly text: string; readonly reader: Reader; readonly relation: Relation },
): Extraction {
  const method: ExtractionMethod = head.key === null || tail.key === null ? "PATTERN" : "GAZETTEER";
  return {
    ...{ head: endOf(head), relation: relation.key, tail: endOf(tail), method, rule },
    span: { start, end, quote: text.slice(start, end) },
    confidence: confidenceOf(method, rule) * head.confidence * tail.confidence,
    known: isKnown({ head, tail }, reader, relation),
  };
}

function endOf({ key, name, type }: Filling): ExtractedEnd {
  return { key, name, type };
}

/** Tells whether the graph has a triple between what two ends name. */
export function isKnown(
  { head, tail }: { readonly head: ExtractedEnd; readonly tail: ExtractedEnd },
  { gazetteer, graph }: Reader,
  relation: Relation,
): boolean {
  const idOf = ({ key, name }: ExtractedEnd) =>
    key === null ? undefined : gazetteer.find(name).find(({ entity }) => entity.key === key)?.entity.id;
  const ids = { head: idOf(head), tail: idOf(tail) };
  if (ids.head === undefined || ids.tail === undefined) return false;
  return hasTriple(graph, relation, { head: ids.head, tail: ids.tail });
}

/** Keeps of equal triples the surest, of equally sure ones the shortest quote. */
export function surestOf(extractions: readonly Extraction[]): Extraction[] {
  const best = new Map<string, Extraction>();
  for (const extraction of extractions) {
    const key = JSON.stringify([nameOf(extraction.head), extraction.relation, nameOf(extraction.tail)]);
    const other = best.get(key);
    if (!other || isSurer(extraction, other)) best.set(key, extraction);
  }
  return [...best.values()];
}

function isSurer(a: Extraction, b: Extraction): boolean {
  if (a.confidence !== b.confidence) return a.confidence > b.confidence;
  return a.span.end - a.span.start < b.span.end - b.span.start;
}

/** Names an end in one string: its key, or type and name of what is new. */
export function nameOf({ key, name, type }: ExtractedEnd): string {
  return key ?? `?${type}:${name}`;
}
