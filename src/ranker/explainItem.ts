import { listPaths, type RawPath } from "./listPaths.ts";
import { makeSteps } from "./makeSteps.ts";
import type { Meeting } from "./meetings.ts";
import { fillMasses, fuse, makeMasses, scorePopularity } from "./score.ts";
import type { Signals } from "./signals.ts";
import type { ComponentKind, Evidence, OwnTriple, ScoreComponent, ScoredItem } from "./types.ts";

/**
 * Scores `item` and takes its score apart into every path that made it. The strongest `limit` paths are kept
 * as evidence, the rest is summed in its component's `otherEvidence`. Popularity is no path: it stands in the
 * ITEM component and never hides behind one.
 */
export function explainItem(signals: Signals, item: number, limit: number): ScoredItem {
  const { model, graph } = signals;
  const masses = makeMasses(signals);
  fillMasses(signals, item, masses);
  const paths = listPaths(signals, item, masses);
  paths.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  let total = 0;
  for (const path of paths) total += Math.abs(path.contribution);
  const kept = paths.slice(0, limit);
  const named = kept.reduce((sum, path) => sum + Math.abs(path.contribution), 0);
  const evidence: Evidence[] = kept.map((path) => ({
    component: path.component,
    vectors: nameSpace(signals, path.space),
    steps: makeSteps(signals, item, path),
    attention: total > 0 ? Math.abs(path.contribution) / total : 0,
    contribution: path.contribution,
    deltaIfRemoved: path.delta,
    damping: dampingOf(signals, path),
  }));
  const components = makeComponents(signals, item, paths, limit);
  const score = model.bias + components.reduce((sum, component) => sum + component.value, 0);
  const everything = total + Math.abs(scorePopularity(signals.model, item)) + Math.abs(model.bias);
  return {
    item: graph.idOf(item),
    score,
    bias: model.bias,
    components,
    evidence,
    explainedFraction: everything > 0 ? named / everything : 0,
    ownTriples: sumOwnTriples(signals, masses, paths),
  };
}

function makeComponents(
  signals: Signals,
  item: number,
  paths: readonly RawPath[],
  limit: number,
): ScoreComponent[] {
  const { model } = signals;
  const popularity = scorePopularity(signals.model, item);
  return [
    sumComponent(signals, "BEHAVIOUR", -1, paths, limit),
    {
      kind: "ITEM",
      vectors: null,
      weight: model.weightOf("ITEM"),
      value: popularity,
      otherEvidence: popularity,
      otherEvidenceCount: model.interactionsOf(item),
    },
    sumComponent(signals, "KNOWLEDGE", -1, paths, limit),
    ...model.layout.spaces.flatMap(({ kind }, space) =>
      kind === "BEHAVIOUR" ? [] : sumComponent(signals, kind, space, paths, limit),
    ),
  ];
}

/** What is left of a path's mass: the same factors that `collectSignals` and `visitMeetings` put into it. */
function dampingOf({ damping, history }: Signals, { place, through, hop, meeting }: RawPath): number {
  if (!damping) return 1;
  const ends = damping.entity(history[place]) * (through < 0 ? 1 : damping.entity(history[through]));
  if (!meeting) return ends;
  const middle = hop < 0 ? 1 : damping.entity(meeting.entity);
  return ends * middle * damping.over(meeting.relation, meeting.entity);
}

function nameSpace({ model }: Signals, space: number): string | null {
  return space < 0 ? null : model.layout.spaces[space].name;
}

/** What the item's own triples carry, and what is left of the score as they go, strongest first. */
function sumOwnTriples(signals: Signals, masses: Float64Array, paths: readonly RawPath[]): OwnTriple[] {
  const sums = new Map<number, { contribution: number; meetings: Set<Meeting> }>();
  for (const { meeting, contribution } of paths) {
    if (!meeting) continue;
    const sum = sums.get(meeting.triple) ?? { contribution: 0, meetings: new Set<Meeting>() };
    sum.contribution += contribution;
    sum.meetings.add(meeting);
    sums.set(meeting.triple, sum);
  }
  const left = masses.slice();
  return [...sums]
    .sort((a, b) => b[1].contribution - a[1].contribution || a[0] - b[0])
    .map(([triple, { contribution, meetings }]) => {
      for (const { group, mass } of meetings) left[group] -= mass;
      return { tripleId: String(triple), contribution, scoreWithout: fuse(signals, left) };
    });
}

function sumComponent(
  signals: Signals,
  kind: ComponentKind,
  space: number,
  paths: readonly RawPath[],
  limit: number,
): ScoreComponent {
  let value = 0;
  let otherEvidence = 0;
  let otherEvidenceCount = 0;
  paths.forEach((path, position) => {
    if (path.component !== kind || path.space !== space) return;
    value += path.contribution;
    if (position < limit) return;
    otherEvidence += path.contribution;
    otherEvidenceCount++;
  });
  const weight = signals.model.weightOf(kind, space);
  return { kind, vectors: nameSpace(signals, space), weight, value, otherEvidence, otherEvidenceCount };
}

/** How far the parts of a scored item are from its score: |bias + Σ contributions + Σ otherEvidence − score|. */
export function completenessError(scored: ScoredItem): number {
  const parts = scored.components.reduce((sum, component) => {
    const named = scored.evidence
      .filter(({ component: kind, vectors }) => kind === component.kind && vectors === component.vectors)
      .reduce((part, evidence) => part + evidence.contribution, 0);
    return sum + named + component.otherEvidence;
  }, scored.bias);
  return Math.abs(parts - scored.score);
}
