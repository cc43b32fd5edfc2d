import type { Context, Loaders } from "../context.ts";
import type { Comparison, Explanation } from "../recommend/types.ts";
import { comparisonSentence } from "../sentence/comparisonSentence.ts";
import { evidenceSentence } from "../sentence/evidenceSentence.ts";
import { explanationSentence, strongestEvidence } from "../sentence/explanationSentence.ts";
import type { Say } from "../sentence/language.ts";
import type { ToldEvidence } from "../sentence/types.ts";
import { loadNames } from "./loadNames.ts";

type Telling = Pick<Loaders, "entities" | "relations"> & Pick<Context, "timeStage"> & { readonly say: Say };

const timed = ({ timeStage }: Telling, tell: () => string) =>
  timeStage ? timeStage("sentences", tell) : tell();

/** Tells one piece of evidence, loading the names it needs. */
export async function tellEvidence(evidence: ToldEvidence, loaders: Telling): Promise<string> {
  const names = await loadNames([evidence], [], loaders);
  return timed(loaders, () => evidenceSentence(evidence, names));
}

/** Tells an explanation by its strongest evidence, loading the names it needs. */
export async function tellExplanation(explanation: Explanation, loaders: Telling): Promise<string> {
  const strongest = strongestEvidence(explanation);
  const names = await loadNames(strongest ? [strongest] : [], [explanation.item], loaders);
  return timed(loaders, () => explanationSentence(explanation, names));
}

/** Tells a comparison, loading the names it needs. */
export async function tellComparison(comparison: Comparison, loaders: Telling): Promise<string> {
  const items = [comparison.item.item, comparison.over.item];
  const names = await loadNames(comparison.because, items, loaders);
  return timed(loaders, () => comparisonSentence(comparison, names));
}
