import { listPaths, type RawPath } from "./listPaths.ts";
import { makeSteps } from "./makeSteps.ts";
import type { Signals } from "./signals.ts";
import type { ComponentKind, Evidence, ScoreComponent, ScoredItem } from "./types.ts";

/**
 * Scores `item` and takes its score apart into every path that made it. The strongest `limit` paths are kept
 * as evidence, the rest is summed in its component's `otherEvidence`. Popularity is no path: it stands in the
 * ITEM component and never hides behind one. Since the score is linear in the paths' masses,
 * `deltaIfRemoved` is −contribution.
 */
export function explainItem(signals: Signals, item: number, limit: number): ScoredItem {
  const { model, graph } = signals;
  const paths = listPaths(signals, item);
  paths.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  let total = 0;
  for (const path of paths) total += Math.abs(path.contribution);
  const kept = paths.slice(0, limit);
  const named = kept.reduce((sum, path) => sum + Math.abs(path.contribution), 0);
  const evidence: Evidence[] = kept.map((path) => ({
    component: path.component,
    steps: makeSteps(signals, item, path),
    attention: total > 0 ? Math.abs(path.contribution) / total : 0,
    contribution: path.contribution,
    deltaIfRemoved: -path.contribution,
  }));
  const popularity = model.weights.item * model.popularity(item);
  const components: ScoreComponent[] = [
    sumComponent("BEHAVIOUR", model.weights.behaviour, paths, limit),
    {
      kind: "ITEM",
      weight: model.weights.item,
      value: popularity,
      otherEvidence: popularity,
      otherEvidenceCount: model.interactionsOf(item),
    },
    sumComponent("KNOWLEDGE", model.weights.knowledge, paths, limit),
  ];
  const score = model.weights.bias + components.reduce((sum, component) => sum + component.value, 0);
  const everything = total + Math.abs(popularity) + Math.abs(model.weights.bias);
  return {
    item: graph.idOf(item),
    score,
    bias: model.weights.bias,
    components,
    evidence,
    explainedFraction: everything > 0 ? named / everything : 0,
    ownTriples: sumOwnTriples(paths),
  };
}

function sumOwnTriples(paths: readonly RawPath[]): ScoredItem["ownTriples"] {
  const sums = new Map<number, number>();
  for (const { meeting, contribution } of paths) {
    if (meeting) sums.set(meeting.triple, (sums.get(meeting.triple) ?? 0) + contribution);
  }
  return [...sums]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .map(([triple, contribution]) => ({ tripleId: String(triple), contribution }));
}

function sumComponent(
  kind: ComponentKind,
  weight: number,
  paths: readonly RawPath[],
  limit: number,
): ScoreComponent {
  let value = 0;
  let otherEvidence = 0;
  let otherEvidenceCount = 0;
  paths.forEach((path, position) => {
    if (path.component !== kind) return;
    value += path.contribution;
    if (position < limit) return;
    otherEvidence += path.contribution;
    otherEvidenceCount++;
  });
  return { kind, weight, value, otherEvidence, otherEvidenceCount };
}

/** How far the parts of a scored item are from its score: |bias + Σ contributions + Σ otherEvidence − score|. */
export function completenessError(scored: ScoredItem): number {
  const parts = scored.components.reduce((sum, component) => {
    const named = scored.evidence
      .filter((evidence) => evidence.component === component.kind)
      .reduce((part, evidence) => part + evidence.contribution, 0);
    return sum + named + component.otherEvidence;
  }, scored.bias);
  return Math.abs(parts - scored.score);
}
