import type { PathStep } from "../ranker/types.ts";
import type { Leg } from "./splitPath.ts";
import type { Names } from "./types.ts";
import type { Verb } from "./verbOf.ts";

/** Tells one leg of a longer path as a clause that names both its ends. */
export function tellLeg(leg: Leg, verb: Verb, names: Names): string {
  return leg.kind === "SHARED" ? tellShared(leg.into, leg.out, names) : tellStep(leg.step, verb, names);
}

/** Tells two triples that meet, without claiming more than that they do. */
export function tellShared(into: PathStep, out: PathStep, names: Names): string {
  const [from, shared, to] = [into.from, into.to, out.to].map((id) => names.entity(id));
  const [first, second] = [into, out].map((step) => labelOf(step, names));
  if (first === second) return `${from} and ${to} are both linked to ${shared} by “${first}”`;
  return `${from} is linked to ${shared} by “${first}”, and ${to} by “${second}”`;
}

function tellStep(step: PathStep, verb: Verb, names: Names): string {
  const [from, to] = [names.entity(step.from), names.entity(step.to)];
  if (step.kind === "CO_INTERACTION") return `people who ${verb.people} ${from} also ${verb.people} ${to}`;
  if (step.kind === "TEXT_SIMILARITY") return `${from} and ${to} are described alike`;
  if (step.kind === "VECTOR_SIMILARITY") return `${from} and ${to} are much alike`;
  return `${from} and ${to} are linked by “${labelOf(step, names)}”`;
}

function labelOf(step: PathStep, names: Names): string {
  return step.relationId === null ? "" : names.relation(step.relationId).label;
}
