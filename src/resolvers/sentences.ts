import type { Loaders } from "../context.ts";
import type { Comparison, Explanation } from "../recommend/types.ts";
import { comparisonSentence } from "../sentence/comparisonSentence.ts";
import { evidenceSentence } from "../sentence/evidenceSentence.ts";
import { explanationSentence, strongestEvidence } from "../sentence/explanationSentence.ts";
import type { Say } from "../sentence/language.ts";
import type { ToldEvidence } from "../sentence/types.ts";
import { loadNames } from "./loadNames.ts";

type Telling = Pick<Loaders, "entities" | "relations"> & { readonly say: Say };

/** Tells one piece of evidence, loading the names it needs. */
export async function tellEvidence(evidence: ToldEvidence, loaders: Telling): Promise<string> {
  return evidenceSentence(evidence, await loadNames([evidence], [], loaders));
}

/** Tells an explanation by its strongest evidence, loading the names it needs. */
export async function tellExplanation(explanation: Explanation, loaders: Telling): Promise<string> {
  const strongest = strongestEvidence(explanation);
  const names = await loadNames(strongest ? [strongest] : [], [explanation.item], loaders);
  return explanationSentence(explanation, names);
}

/** Tells a comparison, loading the names it needs. */
export async function tellComparison(comparison: Comparison, loaders: Telling): Promise<string> {
  const items = [comparison.item.item, comparison.over.item];
  return comparisonSentence(comparison, await loadNames(comparison.because, items, loaders));
}
