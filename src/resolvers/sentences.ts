import type { Context } from "../context.ts";
import type { Comparison, Explanation } from "../recommend/types.ts";
import { comparisonSentence } from "../sentence/comparisonSentence.ts";
import { evidenceSentence } from "../sentence/evidenceSentence.ts";
import { explanationSentence, strongestEvidence } from "../sentence/explanationSentence.ts";
import type { Say } from "../sentence/language.ts";
import type { ToldEvidence } from "../sentence/types.ts";
import { type Naming, withNames } from "./withNames.ts";

type Telling = Naming & Pick<Context, "timeStage">;

const timed = ({ timeStage }: Telling, tell: () => string) =>
  timeStage ? timeStage("sentences", tell) : tell();

/** Tells one piece of evidence. */
export function tellEvidence(evidence: ToldEvidence, say: Say, context: Telling): string | Promise<string> {
  return withNames({ evidence: [evidence], items: [] }, say, context, (names) =>
    timed(context, () => evidenceSentence(evidence, names)),
  );
}

/** Tells an explanation by its strongest evidence. */
export function tellExplanation(
  explanation: Explanation,
  say: Say,
  context: Telling,
): string | Promise<string> {
  const strongest = strongestEvidence(explanation);
  const named = { evidence: strongest ? [strongest] : [], items: [explanation.item] };
  return withNames(named, say, context, (names) =>
    timed(context, () => explanationSentence(explanation, names)),
  );
}

/** Tells a comparison. */
export function tellComparison(comparison: Comparison, say: Say, context: Telling): string | Promise<string> {
  const named = { evidence: comparison.because, items: [comparison.item.item, comparison.over.item] };
  return withNames(named, say, context, (names) =>
    timed(context, () => comparisonSentence(comparison, names)),
  );
}
