import type { ExtractionMethod } from "../types.ts";

/** Of the development half: how many triples a rule read, and how many of them were right. */
export interface RuleCount {
  readonly read: number;
  readonly right: number;
}

// Printed by `npm run evaluate:text -- --calibrate`.
const COUNTS: Readonly<Record<string, RuleCount>> = {
  "GAZETTEER passive": { read: 14, right: 14 },
  "GAZETTEER active": { read: 11, right: 11 },
  "GAZETTEER passive first": { read: 1, right: 1 },
  "GAZETTEER noun": { read: 3, right: 3 },
  "GAZETTEER passive far": { read: 2, right: 2 },
  "GAZETTEER template": { read: 18, right: 18 },
  "GAZETTEER passive aside": { read: 3, right: 3 },
  "GAZETTEER possessive": { read: 1, right: 1 },
  "GAZETTEER active aside": { read: 1, right: 1 },
  "PATTERN passive": { read: 5, right: 5 },
  "PATTERN active": { read: 6, right: 6 },
  "PATTERN template": { read: 1, right: 1 },
};

const NONE: RuleCount = { read: 0, right: 0 };

/**
 * The probability that a triple read by a rule is right: its precision on the development half of the labelled
 * set, smoothed towards one half by one right and one wrong triple (Laplace); rules are the bins. The rules were built on
 * that half, so it errs on the high side; a rule that it does not have, as a model's, gets one half.
 */
export function confidenceOf(method: ExtractionMethod, rule: string): number {
  const { read, right } = COUNTS[`${method} ${rule}`] ?? NONE;
  return (right + 1) / (read + 2);
}
