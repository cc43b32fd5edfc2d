import type { PathStep } from "../ranker/types.ts";
import type { Leg } from "./splitPath.ts";
import type { Names } from "./types.ts";

/** Tells one leg of a longer path as a clause that names both its ends; `kind` is what people did. */
export function tellLeg(leg: Leg, kind: string, names: Names): string {
  return leg.kind === "SHARED" ? tellShared(leg.into, leg.out, names) : tellStep(leg.step, kind, names);
}

/** Tells two triples that meet, without claiming more than that they do. */
export function tellShared(into: PathStep, out: PathStep, names: Names): string {
  const [from, shared, to] = [into.from, into.to, out.to].map((id) => names.entity(id));
  const [label, other] = [into, out].map((step) => labelOf(step, names));
  if (label === other) return names.say("legSharedSame", { from, to, shared, label });
  return names.say("legSharedTwo", { from, to, shared, label, other });
}

function tellStep(step: PathStep, kind: string, names: Names): string {
  const { say } = names;
  const [from, to] = [names.entity(step.from), names.entity(step.to)];
  if (step.kind === "CO_INTERACTION") return say("legAlsoDid", { people: say("people", { kind }), from, to });
  if (step.kind === "TEXT_SIMILARITY") return say("legDescribedAlike", { from, to });
  if (step.kind === "VECTOR_SIMILARITY") return say("legMuchAlike", { from, to });
  return say("legTriple", { from, to, label: labelOf(step, names) });
}

function labelOf(step: PathStep, names: Names): string {
  return step.relationId === null ? "" : names.relation(step.relationId).label;
}
