import type { PathStep } from "../ranker/types.ts";

/** A part of a path that one clause tells: one step, or two triples that meet in a shared entity. */
export type Leg =
  | { readonly kind: "STEP"; readonly step: PathStep }
  | { readonly kind: "SHARED"; readonly into: PathStep; readonly out: PathStep };

/** Splits a path into the parts that are told one by one. */
export function splitPath(steps: readonly PathStep[]): readonly Leg[] {
  const legs: Leg[] = [];
  for (let position = 0; position < steps.length; position++) {
    const [step, next] = [steps[position], steps[position + 1]];
    if (step.kind === "TRIPLE" && next?.kind === "TRIPLE") {
      legs.push({ kind: "SHARED", into: step, out: next });
      position++;
    } else legs.push({ kind: "STEP", step });
  }
  return legs;
}
