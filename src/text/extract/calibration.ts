import type { ExtractionMethod } from "../types.ts";

/** Of the development half: how many triples a rule read, and how many of them were right. */
export interface RuleCount {
  readonly read: number;
  readonly right: number;
}

// Printed by `npm run evaluate:text -- --calibrate`.
const COUNTS: Readonly<Record<string, RuleCount>> = {};

const NONE: RuleCount = { read: 0, right: 0 };

/**
 * The probability that a triple read by a rule is right: its precision on the development half of the labelled
 * set, smoothed towards one half by one right and one wrong triple (Laplace); rules are the bins.
 */
export function confidenceOf(method: ExtractionMethod, rule: string): number {
  const { read, right } = COUNTS[`${method} ${rule}`] ?? NONE;
  return (right + 1) / (read + 2);
}
