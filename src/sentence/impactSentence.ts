import type { ItemImpact } from "../recommend/types.ts";
import { evidenceSentence } from "./evidenceSentence.ts";
import type { Names } from "./types.ts";

/** Tells a curator what an edit does to one item of a user's recommendations, and the evidence that does most of it. */
export function impactSentence(impact: ItemImpact, names: Names): string {
  const { before, after, because, history, item } = impact;
  const [strongest] = because;
  const move = `${names.entity(item)} ${tellMove(before?.rank ?? null, after?.rank ?? null)}`;
  if (!strongest) return before?.score === after?.score ? `${move}: others make room` : move;
  const reason = evidenceSentence({ ...strongest.evidence, history }, names);
  if (strongest.before === 0) return `${move}: new is ${quote(reason)}`;
  if (strongest.after === 0) return `${move}: gone is ${quote(reason)}`;
  return `${move}: ${quote(reason)} weighs ${strongest.after > strongest.before ? "more" : "less"}`;
}

function tellMove(before: number | null, after: number | null): string {
  if (before === null && after === null) return "is no candidate";
  if (before === null) return `comes in at rank ${after}`;
  if (after === null) return `goes from rank ${before} to none`;
  if (before === after) return `stays at rank ${after} with another score`;
  return `${after < before ? "rises" : "falls"} from rank ${before} to ${after}`;
}

function quote(reason: string): string {
  return `“${reason}”`;
}
