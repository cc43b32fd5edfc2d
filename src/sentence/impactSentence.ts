import type { ItemImpact } from "../recommend/types.ts";
import { evidenceSentence } from "./evidenceSentence.ts";
import { Told } from "./Told.ts";
import type { Names } from "./types.ts";

/** Tells a curator what an edit does to one item of a user's recommendations, and the evidence that does most of it. */
export function impactSentence(impact: ItemImpact, names: Names): string {
  const { before, after, because, history, item } = impact;
  const [strongest] = because;
  const move = tellMove(names, names.entity(item), [before?.rank ?? null, after?.rank ?? null]);
  if (!strongest) return before?.score === after?.score ? names.say("roomMade", { move }) : move;
  const reason = evidenceSentence(new Told(strongest.evidence, history), names);
  if (strongest.before === 0) return names.say("reasonNew", { move, reason });
  if (strongest.after === 0) return names.say("reasonGone", { move, reason });
  return names.say(strongest.after > strongest.before ? "reasonMore" : "reasonLess", { move, reason });
}

function tellMove(
  { say }: Names,
  item: string,
  [before, after]: readonly [before: number | null, after: number | null],
): string {
  if (before === null) return after === null ? say("noCandidate", { item }) : say("comesIn", { item, after });
  if (after === null) return say("goesOut", { item, before });
  if (before === after) return say("stays", { item, after });
  return say(after < before ? "rises" : "falls", { item, before, after });
}
