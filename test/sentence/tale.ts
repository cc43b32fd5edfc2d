import type { ComponentKind, HistoryItem, PathStep } from "../../src/ranker/types.ts";
import { speak } from "../../src/sentence/language.ts";
import type { Names, RelationWords, ToldEvidence } from "../../src/sentence/types.ts";

const RELATIONS: Readonly<Record<number, RelationWords>> = {
  1: { label: "directed by", inverseLabel: "directed", symmetric: false },
  2: { label: "has genre", inverseLabel: null, symmetric: false },
  3: { label: "made", inverseLabel: null, symmetric: false }, // from a studio to its film
  4: { label: "followed by", inverseLabel: null, symmetric: false },
  5: { label: "remade as", inverseLabel: "a remake of", symmetric: false },
  6: { label: "often paired with", inverseLabel: null, symmetric: true },
  7: { label: "starring", inverseLabel: "appears in", symmetric: false },
};

/** Names for tests: an entity is called by its id, a relation is one of the table above. */
export const names: Names = namesIn("en");

/** The same names, as another language shows them. */
export function namesIn(language: string): Names {
  const say = speak(language);
  return { say, entity: (name) => say("name", { name }), relation: (id) => RELATIONS[id] };
}

/** A triple walked from head to tail. */
export const out = (from: string, relationId: number, to: string): PathStep =>
  step(from, to, relationId, "OUT");
/** A triple walked from tail to head. */
export const back = (from: string, relationId: number, to: string): PathStep =>
  step(from, to, relationId, "IN");
/** Users who interacted with both. */
export const together = (from: string, to: string): PathStep => ({
  ...step(from, to, null, "BOTH"),
  kind: "CO_INTERACTION",
});
/** Texts that are alike. */
export const alike = (from: string, to: string): PathStep => ({
  ...step(from, to, null, "BOTH"),
  kind: "TEXT_SIMILARITY",
});

/** Evidence of a user who did `kind` to the first entity of the path; nobody did where it is null. */
export function told(
  steps: readonly PathStep[],
  { kind = "rating", contribution = 1 }: { kind?: string | null; contribution?: number } = {},
): ToldEvidence {
  const component: ComponentKind = steps[0]?.kind === "TRIPLE" ? "KNOWLEDGE" : "BEHAVIOUR";
  const [item] = steps.map(({ from }) => from);
  const done: HistoryItem[] = kind === null ? [] : [{ item, kind, weight: 1, at: null }];
  const history = new Map(done.map((one) => [one.item, one]));
  return {
    component,
    vectors: null,
    steps,
    attention: 1,
    contribution,
    deltaIfRemoved: -contribution,
    damping: 1,
    history,
  };
}

function step(
  from: string,
  to: string,
  relationId: number | null,
  direction: PathStep["direction"],
): PathStep {
  return {
    from,
    to,
    kind: "TRIPLE",
    relationId,
    direction,
    tripleId: relationId === null ? null : "1",
    weight: 1,
  };
}
