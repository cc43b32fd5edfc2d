import type { Evidence } from "../../src/ranker/types.ts";

/** All that a piece of evidence says, to be compared: what it says is read when it is asked for, and no copy has it. */
export function writeEvidence(piece: Evidence) {
  return {
    ...{ component: piece.component, vectors: piece.vectors, contribution: piece.contribution },
    ...{ attention: piece.attention, deltaIfRemoved: piece.deltaIfRemoved, damping: piece.damping },
    steps: piece.steps,
  };
}
