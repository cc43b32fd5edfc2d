import { nameOf } from "../extract/extractTriples.ts";
import type { Extraction } from "../types.ts";
import type { LabelledSentence } from "./labelledSet.ts";

/** What reads the triples of a text. */
export type Extract = (text: string) => Promise<readonly Extraction[]>;

/** Counts of triples; recall of a method is over all triples that are stated. */
export interface Judgement {
  /** "GAZETTEER", "PATTERN" … or "all". */
  readonly method: string;
  readonly read: number;
  readonly right: number;
  readonly stated: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** A sentence that was not read as it should. */
export interface Miss {
  readonly text: string;
  readonly wrong: readonly string[];
  readonly missed: readonly string[];
}

/** What came of reading labelled sentences. */
export interface ExtractionReport {
  readonly sentences: number;
  readonly judgements: readonly Judgement[];
  /** By "METHOD rule": how many were read, how many rightly. */
  readonly rules: ReadonlyMap<string, { readonly read: number; readonly right: number }>;
  readonly misses: readonly Miss[];
}

/** Compares what is read out of labelled sentences with what they state; a triple is right to the letter or not. */
export async function judgeExtraction(
  sentences: readonly LabelledSentence[],
  extract: Extract,
): Promise<ExtractionReport> {
  const read: { readonly extraction: Extraction; readonly right: boolean }[] = [];
  const misses: Miss[] = [];
  let stated = 0;
  for (const { text, triples } of sentences) {
    const found = await extract(text);
    const names = new Set(found.map(tripleName));
    const wrong = found.map(tripleName).filter((name) => !triples.includes(name));
    const missed = triples.filter((triple) => !names.has(triple));
    if (wrong.length + missed.length > 0) misses.push({ text, wrong, missed });
    for (const extraction of found)
      read.push({ extraction, right: triples.includes(tripleName(extraction)) });
    stated += triples.length;
  }
  const methods = [...new Set(read.map(({ extraction }) => extraction.method))].sort();
  const judge = (method: string, of: typeof read) => judgementOf(method, of, stated);
  return {
    sentences: sentences.length,
    judgements: [
      ...methods.map((method) =>
        judge(
          method,
          read.filter(({ extraction }) => extraction.method === method),
        ),
      ),
      judge("all", read),
    ],
    rules: countRules(read),
    misses,
  };
}

function tripleName({ head, relation, tail }: Extraction): string {
  return `${nameOf(head)} | ${relation} | ${nameOf(tail)}`;
}

function judgementOf(method: string, of: readonly { readonly right: boolean }[], stated: number): Judgement {
  const right = of.filter((one) => one.right).length;
  const precision = of.length === 0 ? 0 : right / of.length;
  const recall = stated === 0 ? 0 : right / stated;
  const f1 = right === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { method, read: of.length, right, stated, precision, recall, f1 };
}

function countRules(read: readonly { readonly extraction: Extraction; readonly right: boolean }[]) {
  const rules = new Map<string, { read: number; right: number }>();
  for (const { extraction, right } of read) {
    const name = `${extraction.method} ${extraction.rule}`;
    const count = rules.get(name) ?? { read: 0, right: 0 };
    rules.set(name, { read: count.read + 1, right: count.right + (right ? 1 : 0) });
  }
  return rules;
}
