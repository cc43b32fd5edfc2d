import type { Evidence } from "../ranker/types.ts";
import type { EvidenceShift } from "./impactTypes.ts";

/**
 * Pairs the evidence of an item before and after an edit, path by path, and leaves what carries something else now;
 * the largest difference first.
 */
export function shiftEvidence(before: readonly Evidence[], after: readonly Evidence[]): EvidenceShift[] {
  const known = new Map(before.map((evidence) => [keyOf(evidence), evidence]));
  const shifts: EvidenceShift[] = after.map((evidence) => {
    const key = keyOf(evidence);
    const { contribution = 0 } = known.get(key) ?? {};
    known.delete(key);
    return { evidence, before: contribution, after: evidence.contribution };
  });
  for (const evidence of known.values()) {
    shifts.push({ evidence, before: evidence.contribution, after: 0 });
  }
  const difference = (shift: EvidenceShift) => Math.abs(shift.after - shift.before);
  return shifts.filter((shift) => difference(shift) > 0).sort((a, b) => difference(b) - difference(a));
}

function keyOf({ component, vectors, steps }: Evidence): string {
  return [
    component,
    vectors,
    ...steps.map(({ from, to, kind, tripleId }) => [from, kind, tripleId, to].join()),
  ].join(" ");
}
