import type { Side } from "./types.ts";

/**
 * Turns scores into probabilities: σ(slope·score + offset), with an offset for each relation and side. What
 * they are probabilities of: that the answer is among the held-out triples, as it was measured on such.
 */
export interface Calibration {
  readonly slope: number;
  /** [R × 2]: where the tail is asked for, and where the head is. */
  readonly offsets: Float32Array;
}

/** Where the offset of a relation and side is. */
export function slotOf(side: Side, relation: number): number {
  return 2 * relation + (side === "TAIL" ? 0 : 1);
}

/** Probability of an answer with this score. */
export function calibrate({ slope, offsets }: Calibration, slot: number, score: number): number {
  return 1 / (1 + Math.exp(-slope * score - offsets[slot]));
}
