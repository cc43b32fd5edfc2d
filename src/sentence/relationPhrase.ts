import type { PathStep } from "../ranker/types.ts";
import type { Names } from "./types.ts";

/**
 * Words the step's relation as said of one of its ends: "directed by" of the film, "directed" of the person.
 * Null where it would have to be said of the tail and the relation has no inverse label.
 */
export function relationPhrase(step: PathStep, end: "from" | "to", names: Names): string | null {
  if (step.relationId === null) return null;
  const { label, inverseLabel, symmetric } = names.relation(step.relationId);
  const isHead = (end === "from") === (step.direction === "OUT");
  return isHead || symmetric ? label : inverseLabel;
}
