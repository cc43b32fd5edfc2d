import type { Graph, Relation, RelationId } from "../../kg/types.ts";
import { relationLexicon } from "../lexicon/relationLexicon.ts";
import type { NamedEntity } from "../types.ts";
import type { Cue, QuestionParts } from "./readQuestion.ts";
import type { Chain, FormStep, LogicalForm } from "./types.ts";

const MOST_ANCHORS = 3;
const MOST_READINGS = 3; // types that one name may have
const IMPLIED = 1.5; // the cost of a hop that no word names
const UNSURE = 0.5; // more, where a custom of the language says which relation
const REPEATED = 1.5; // a second word for a relation that is walked once
const OVERUSED = 3; // a relation walked once more than words name it, save for "the same … as"
const UNASKED = 0.2; // an answer of another type than the first noun: "what else did the director of Alien make"
const UNLIKE = 2; // "other than", or "the same as", something of another type than the answers
const DOUBT = 1; // times 1 − the confidence of an entity

interface Weighed {
  readonly form: LogicalForm;
  readonly cost: number;
}

/**
 * Finds the simplest logical form that explains every word of a question: each relation that it names is walked,
 * each type stands somewhere, and a hop that no word names is the only one between its types. One or two hops
 * from each entity. Null where there is none.
 */
export function findForm(parts: QuestionParts, graph: Graph): LogicalForm | null {
  const { anchors } = parts;
  if (anchors.length === 0 || anchors.length > MOST_ANCHORS) return null;
  let best: Weighed | null = null;
  for (const entities of readingsOf(parts)) {
    for (const form of formsOf(entities, parts, graph)) {
      if (!explains(form, parts)) continue;
      const cost = costOf(form, parts, graph) + doubtOf(entities, parts);
      if (cost < (best?.cost ?? Number.POSITIVE_INFINITY)) best = { form, cost };
    }
  }
  return best?.form ?? null;
}

/** Each way of taking the names: the likeliest entity of each type. */
function readingsOf({ anchors }: QuestionParts): NamedEntity[][] {
  let readings: NamedEntity[][] = [[]];
  for (const { candidates } of anchors) {
    const byType = new Map<string, NamedEntity>();
    for (const { entity } of candidates) if (!byType.has(entity.type)) byType.set(entity.type, entity);
    const entities = [...byType.values()].slice(0, MOST_READINGS);
    readings = readings.flatMap((before) => entities.map((entity) => [...before, entity]));
  }
  return readings;
}

function* formsOf(
  entities: readonly NamedEntity[],
  { asked, isAskedOutright }: QuestionParts,
  graph: Graph,
): Generator<LogicalForm> {
  const goals: (string | null)[] = asked ? [...asked.types] : [null];
  if (asked && asked.relations.size > 0 && !isAskedOutright) goals.push(null);
  for (const goal of goals) {
    const long = entities.map((anchor) => chainsTo(anchor, goal, graph, 2));
    for (const chains of combinations(long)) yield { chains, last: null };
    if (entities.length < 2) continue;
    for (const last of stepsTo(goal, graph)) {
      const short = entities.map((anchor) => chainsTo(anchor, last.from, graph, 1));
      for (const chains of combinations(short)) yield { chains, last: last.step };
    }
  }
}

/** Chains of up to `most` hops from an entity to a type. */
function chainsTo(anchor: NamedEntity, goal: string | null, graph: Graph, most: 1 | 2): Chain[] {
  const chains: Chain[] = [];
  for (const first of stepsFrom(anchor.type, graph)) {
    if (goal === null || first.to === null || first.to === goal) {
      chains.push({ anchor, steps: [{ ...first, to: goal ?? first.to }] });
    }
    if (most === 1 || first.to === null) continue;
    for (const second of stepsFrom(first.to, graph)) {
      if (goal !== null && second.to !== null && second.to !== goal) continue;
      chains.push({ anchor, steps: [first, { ...second, to: goal ?? second.to }] });
    }
  }
  return chains;
}

function stepsFrom(type: string, { relations }: Graph): FormStep[] {
  return relations.flatMap((relation) => [
    ...(admits(relation.domain, type) ? ends(relation, "OUT") : []),
    ...(admits(relation.range, type) && !relation.symmetric ? ends(relation, "IN") : []),
  ]);
}

function stepsTo(goal: string | null, { relations }: Graph) {
  return relations.flatMap((relation) =>
    (["OUT", "IN"] as const).flatMap((direction) => {
      const [near, far] =
        direction === "OUT" ? [relation.domain, relation.range] : [relation.range, relation.domain];
      if (goal === null || !admits(far, goal)) return [];
      return (near ?? []).map((from) => ({ from, step: { relation, direction, to: goal } }));
    }),
  );
}

function ends(relation: Relation, direction: FormStep["direction"]): FormStep[] {
  const far = direction === "OUT" ? relation.range : relation.domain;
  return (far ?? [null]).map((to) => ({ relation, direction, to }));
}

function admits(types: readonly string[] | null, type: string): boolean {
  return types === null || types.includes(type);
}

function combinations(lists: readonly (readonly Chain[])[]): Chain[][] {
  return lists.reduce<Chain[][]>(
    (before, list) => before.flatMap((chains) => list.map((chain) => [...chains, chain])),
    [[]],
  );
}

function stepsOf({ chains, last }: LogicalForm): FormStep[] {
  return [...chains.flatMap(({ steps }) => steps), ...(last ? [last] : [])];
}

/** Tells whether a form says all that the words say. */
function explains(form: LogicalForm, { cues, asked }: QuestionParts): boolean {
  const steps = stepsOf(form);
  const types = new Set([...steps.map(({ to }) => to), ...form.chains.map(({ anchor }) => anchor.type)]);
  return cues.every((cue) => {
    if (steps.some(({ relation }) => cue.relations.has(relation.id))) return true;
    const mustBeWalked = cue.relations.size > 0 && (cue.types.size === 0 || cue !== asked);
    return !mustBeWalked && [...cue.types].some((type) => types.has(type));
  });
}

/** Hops, with more for each that no word names; infinite where another relation could as well be meant. */
function costOf(
  form: LogicalForm,
  { cues, asked, isOther, isAskedOutright }: QuestionParts,
  graph: Graph,
): number {
  const isNamed = ({ relation }: FormStep) => cues.some((cue) => cue.relations.has(relation.id));
  const goal = stepsOf(form).at(-1)?.to ?? null;
  let cost =
    (asked && !asked.types.has(goal ?? "") ? UNASKED : 0) +
    REPEATED * countRepeated(form, isAskedOutright ? cues.filter((cue) => cue !== asked) : cues);
  if (!isOther) cost += OVERUSED * countOverused(form, cues);
  if (isOther && !form.chains.some(({ anchor }) => anchor.type === goal)) cost += UNLIKE;
  for (const { anchor, steps } of form.chains) {
    let type: string | null = anchor.type;
    for (const step of steps) {
      cost += 1 + (isNamed(step) ? 0 : impliedCost(type, step, graph));
      type = step.to;
    }
  }
  return cost + (form.last ? 1 + (isNamed(form.last) ? 0 : Number.POSITIVE_INFINITY) : 0);
}

/** How many words name a relation once more than it is walked. */
function countRepeated(form: LogicalForm, cues: readonly Cue[]): number {
  const steps = stepsOf(form);
  const isOnly = ({ relations }: Cue, id: RelationId) => relations.size === 1 && relations.has(id);
  return [...new Set(steps.map(({ relation }) => relation.id))].reduce((sum, id) => {
    const named = cues.filter((cue) => isOnly(cue, id)).length;
    const walked = steps.filter(({ relation }) => relation.id === id).length;
    return sum + Math.max(0, named - walked);
  }, 0);
}

/** How often a relation that words name is walked without a word of its own. */
function countOverused(form: LogicalForm, cues: readonly Cue[]): number {
  const hops = stepsOf(form);
  return [...new Set(hops.map(({ relation }) => relation.id))].reduce((sum, id) => {
    const named = cues.filter(({ relations }) => relations.has(id)).length;
    const walked = hops.filter(({ relation }) => relation.id === id).length;
    return sum + (named === 0 ? 0 : Math.max(0, walked - named));
  }, 0);
}

function impliedCost(from: string | null, { relation, to }: FormStep, graph: Graph): number {
  if (from === null || to === null) return Number.POSITIVE_INFINITY;
  const between = stepsFrom(from, graph).filter((step) => step.to === to);
  if (between.length === 1) return IMPLIED;
  const customary = between.filter((other) => relationLexicon(other.relation).isImplied);
  const isIt = customary.length === 1 && customary[0].relation === relation;
  return isIt ? IMPLIED + UNSURE : Number.POSITIVE_INFINITY;
}

function doubtOf(entities: readonly NamedEntity[], { anchors }: QuestionParts): number {
  return anchors.reduce((sum, { candidates }, at) => {
    const confidence = candidates.find(({ entity }) => entity === entities[at])?.confidence ?? 0;
    return sum + DOUBT * (1 - confidence);
  }, 0);
}
