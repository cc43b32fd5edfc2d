import { complEx } from "./complEx.ts";
import { distMult } from "./distMult.ts";
import { rotatE } from "./rotatE.ts";
import { transE } from "./transE.ts";
import type { EmbeddingModel, TripleScorer } from "./types.ts";

const SCORERS: Readonly<Record<EmbeddingModel, TripleScorer>> = {
  transe: transE,
  distmult: distMult,
  complex: complEx,
  rotate: rotatE,
};

/** Finds the model of a name. */
export function findScorer(name: EmbeddingModel): TripleScorer {
  return SCORERS[name];
}
