import type { PathStep } from "../ranker/types.ts";
import { relationPhrase } from "./relationPhrase.ts";
import { splitPath } from "./splitPath.ts";
import { tellLeg, tellShared } from "./tellLeg.ts";
import type { Names, ToldEvidence } from "./types.ts";
import { type Verb, verbOf } from "./verbOf.ts";

/**
 * Tells one piece of evidence to an end user: "because you rated Alien, also directed by Ridley Scott".
 * `subject` is the scored item, where "it" would not be clear.
 */
export function evidenceSentence(evidence: ToldEvidence, names: Names, subject?: string): string {
  const { history, contribution } = evidence;
  const steps = evidence.steps();
  const because = contribution < 0 ? "less so because" : "because";
  if (steps.length === 0) return `${because} of what no path can name`;
  const interaction = history.get(steps[0].from);
  const verb = verbOf(interaction?.kind);
  const start = names.entity(steps[0].from);
  const opener = interaction ? `${because} you ${verb.you} ${start}` : null;
  const interest = interaction?.kind === "interest";
  return tellPath(steps, { start, because, opener, interest, verb, names, subject });
}

interface Story {
  /** Name of the entity that the path starts from. */
  readonly start: string;
  readonly because: string;
  /** "because you rated Alien"; null where the path does not start from something the user did. */
  readonly opener: string | null;
  /** True where the path starts from an interest, which need not be an item. */
  readonly interest: boolean;
  readonly verb: Verb;
  readonly names: Names;
  readonly subject: string | undefined;
}

function tellPath(steps: readonly PathStep[], story: Story): string {
  const [leg, ...further] = splitPath(steps);
  if (further.length > 0) {
    const clauses = [leg, ...further].map((one) => tellLeg(one, story.verb, story.names)).join(", and ");
    return story.opener ? `${story.opener}; ${clauses}` : `${story.because} ${clauses}`;
  }
  if (leg.kind === "SHARED") return tellOneShared(leg.into, leg.out, story);
  return tellOneStep(leg.step, story);
}

function tellOneShared(into: PathStep, out: PathStep, story: Story): string {
  const { names, subject = "this one" } = story;
  const shared = names.entity(into.to);
  const [ofFrom, ofTo] = [relationPhrase(into, "from", names), relationPhrase(out, "to", names)];
  if (ofFrom === null || ofTo === null) {
    const neutral = tellShared(into, out, names);
    return story.opener ? `${story.opener}; ${neutral}` : `${story.because} ${neutral}`;
  }
  const opener = story.opener ?? `like ${story.start}`;
  if (ofFrom === ofTo) return `${opener}, ${clause(ofTo, "also")} ${shared}`;
  return `${opener}, ${clause(ofFrom)} ${shared}, and ${subject} ${ofTo} ${shared}`;
}

function tellOneStep(step: PathStep, story: Story): string {
  const { start, because, names, verb, subject = "it" } = story;
  const opener = story.opener ?? `like ${start}`;
  if (step.kind === "CO_INTERACTION") {
    return `${because} people who ${verb.people} ${start} also ${verb.people} ${subject}`;
  }
  if (step.kind === "TEXT_SIMILARITY") return `${opener}, described in similar words`;
  if (step.kind === "VECTOR_SIMILARITY") return `${opener}, much alike`;
  // Labels are written to follow an item: not "Ridley Scott, directed Alien".
  if (story.interest && step.direction === "IN") {
    return `${opener}: ${relationPhrase(step, "to", names)} ${start}`;
  }
  const said = relationPhrase(step, "from", names);
  if (said !== null) return `${opener}, ${clause(said)} ${names.entity(step.to)}`;
  return `${opener}, and ${names.entity(step.to)} ${relationPhrase(step, "to", names)} ${start}`;
}

/** "also directed by", but "which also has genre": a label may begin with a verb. */
function clause(phrase: string, also = ""): string {
  const words = /^(?:has|is|was)\b/.test(phrase) ? ["which", also, phrase] : [also, phrase];
  return words.filter(Boolean).join(" ");
}
