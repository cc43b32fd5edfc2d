import type { PathStep } from "../ranker/types.ts";
import { relationPhrase } from "./relationPhrase.ts";
import { splitPath } from "./splitPath.ts";
import { tellLeg, tellShared } from "./tellLeg.ts";
import type { Names, ToldEvidence } from "./types.ts";

/**
 * Tells one piece of evidence to an end user: "because you rated Alien, also directed by Ridley Scott".
 * `subject` is the scored item, where "it" would not be clear.
 */
export function evidenceSentence(evidence: ToldEvidence, names: Names, subject?: string): string {
  const { history, contribution } = evidence;
  const { say } = names;
  const steps = evidence.steps;
  const because = say("because", { against: contribution < 0 });
  if (steps.length === 0) return say("unnamed", { because });
  const kind = history.get(steps[0].from)?.kind;
  const start = names.entity(steps[0].from);
  const opener = kind === undefined ? null : say("opener", { because, did: say("did", { kind }), start });
  return tellPath(steps, { start, because, opener, kind: kind ?? "", names, subject });
}

interface Story {
  /** Name of the entity that the path starts from. */
  readonly start: string;
  readonly because: string;
  /** "because you rated Alien"; null where the path does not start from something the user did. */
  readonly opener: string | null;
  /** What the user did; "interest" where the path starts from an interest, which need not be an item. */
  readonly kind: string;
  readonly names: Names;
  readonly subject: string | undefined;
}

function tellPath(steps: readonly PathStep[], story: Story): string {
  const { say } = story.names;
  const [leg, ...further] = splitPath(steps);
  if (further.length === 0) {
    return leg.kind === "SHARED" ? tellOneShared(leg.into, leg.out, story) : tellOneStep(leg.step, story);
  }
  const clauses = [leg, ...further]
    .map((one) => tellLeg(one, story.kind, story.names))
    .reduce((first, second) => say("and", { first, second }));
  return tellNeutral(clauses, story);
}

function tellNeutral(clauses: string, { opener, because, names }: Story): string {
  return opener === null
    ? names.say("becauseOf", { because, clauses })
    : names.say("openerThen", { opener, clauses });
}

function tellOneShared(into: PathStep, out: PathStep, story: Story): string {
  const { names } = story;
  const { say } = names;
  const shared = names.entity(into.to);
  const [label, other] = [relationPhrase(into, "from", names), relationPhrase(out, "to", names)];
  if (label === null || other === null) return tellNeutral(tellShared(into, out, names), story);
  const opener = openerOf(story);
  if (label === other) return say("sharedSame", { opener, label, verbal: isVerbal(label), shared });
  const subject = story.subject ?? say("this");
  return say("sharedTwo", { opener, label, verbal: isVerbal(label), shared, subject, other });
}

function tellOneStep(step: PathStep, story: Story): string {
  const { start, because, names, kind } = story;
  const { say } = names;
  if (step.kind === "CO_INTERACTION") {
    const subject = story.subject ?? say("it");
    return say("alsoDid", { because, people: say("people", { kind }), start, subject });
  }
  const opener = openerOf(story);
  if (step.kind === "TEXT_SIMILARITY") return say("describedAlike", { opener });
  if (step.kind === "VECTOR_SIMILARITY") return say("muchAlike", { opener });
  // Labels are written to follow an item: not "Ridley Scott, directed Alien".
  if (kind === "interest" && step.direction === "IN") {
    return say("ofInterest", { opener, label: phraseTo(step, names), start });
  }
  const [label, to] = [relationPhrase(step, "from", names), names.entity(step.to)];
  if (label !== null) return say("leadsTo", { opener, label, verbal: isVerbal(label), to });
  return say("ledFrom", { opener, label: phraseTo(step, names), to, start });
}

function openerOf({ opener, start, names }: Story): string {
  return opener ?? names.say("like", { start });
}

/** Of the step's end; a relation without an inverse label is said by its label. */
function phraseTo(step: PathStep, names: Names): string {
  return (
    relationPhrase(step, "to", names) ??
    (step.relationId === null ? "" : names.relation(step.relationId).label)
  );
}

/** "also directed by", but "which also has genre": a label may begin with a verb. */
function isVerbal(label: string): boolean {
  return /^(?:has|is|was)\b/.test(label);
}
