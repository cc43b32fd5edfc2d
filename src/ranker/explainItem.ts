import { KeptPaths } from "./KeptPaths.ts";
import { listPaths } from "./listPaths.ts";
import { fillMasses, makeMasses, scorePopularity } from "./score.ts";
import { selectTop } from "./selectTop.ts";
import type { Signals } from "./signals.ts";
import { sumComponents } from "./sumComponents.ts";
import { sumOwnTriples } from "./sumOwnTriples.ts";
import type { ScoredItem } from "./types.ts";

/**
 * Scores `item` and takes its score apart into every path that made it. The strongest `limit` paths are kept
 * as evidence, the rest is summed in its component's `otherEvidence`. Popularity is no path: it stands in the
 * ITEM component and never hides behind one. Cost: one visit of each path, an object for each that is kept.
 */
export function explainItem(signals: Signals, item: number, limit: number): ScoredItem {
  const { model, graph } = signals;
  const masses = makeMasses(signals);
  fillMasses(signals, item, masses);
  const paths = listPaths(signals, item, masses);
  const sizes = new Float64Array(paths.count);
  let total = 0;
  for (let row = 0; row < sizes.length; row++) {
    sizes[row] = Math.abs(paths.contribution[row]);
    total += sizes[row];
  }
  const kept = selectTop(sizes, limit);
  let named = 0;
  for (const row of kept) named += sizes[row];
  const popularity = scorePopularity(model, item);
  const components = sumComponents(signals, paths, {
    kept,
    popularity,
    interactions: model.interactionsOf(item),
  });
  let score = model.bias;
  for (const { value } of components) score += value;
  const everything = total + Math.abs(popularity) + Math.abs(model.bias);
  return {
    item: graph.idOf(item),
    score,
    bias: model.bias,
    components,
    evidence: new KeptPaths(signals, item, { paths, rows: kept, total }).list(),
    explainedFraction: everything > 0 ? named / everything : 0,
    ownTriples: sumOwnTriples(signals, masses, paths),
  };
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
