import type { Evidence } from "../ranker/types.ts";
import type { Explanation } from "../recommend/types.ts";
import { evidenceSentence } from "./evidenceSentence.ts";
import { Told } from "./Told.ts";
import type { Names } from "./types.ts";

/** Finds the evidence that speaks for the item most; the strongest of all where none speaks for it. */
export function strongestEvidence({ evidence }: Pick<Explanation, "evidence">): Evidence | undefined {
  return evidence.find(({ contribution }) => contribution > 0) ?? evidence[0];
}

/** Tells an end user why the item is recommended, from its strongest evidence. */
export function explanationSentence(explanation: Explanation, names: Names): string {
  const strongest = strongestEvidence(explanation);
  if (strongest) return evidenceSentence(new Told(strongest, explanation.history), names);
  // Popularity ranks what nothing else does, even where the model has learned to give it no weight.
  const popular = explanation.components.some(
    ({ kind, value, otherEvidenceCount }) => value > 0 || (kind === "ITEM" && otherEvidenceCount > 0),
  );
  const { say } = names;
  if (explanation.source === "BOOSTED") return say("boosted");
  if (explanation.source === "TRENDING") return say("trending");
  if (popular) return say("popular");
  return say("nothing", { item: names.entity(explanation.item) });
}
