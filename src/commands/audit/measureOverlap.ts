import { createRanker } from "../../ranker/createRanker.ts";
import { overlapTop } from "../../ranker/evaluate/faithfulness/overlapTop.ts";
import { mean } from "../../ranker/evaluate/measure.ts";
import type { Evidence } from "../../ranker/types.ts";
import type { Audited, AuditReport, Pair } from "./types.ts";

const COUNT = 3;

/** Share of the three strongest paths of each pair that another model names among its own three. */
export function measureOverlap(
  { other, graph, histories: { ordered } }: Audited,
  pairs: readonly Pair[],
): AuditReport["overlap"] {
  if (!other) return null;
  const ranker = createRanker(other.info, other.model, graph);
  const shares = pairs.map(({ signals: { history, own }, item, scored }) => {
    const signals = ranker.collect(Array.from(history.subarray(0, own)), ordered);
    return overlapTop(
      namePaths(scored.evidence),
      namePaths(ranker.explain(signals, item, COUNT).evidence),
      COUNT,
    );
  });
  return { model: other.info.id, top3: mean(shares) };
}

function namePaths(evidence: readonly Evidence[]): string[] {
  return evidence
    .slice(0, COUNT)
    .map(({ steps }) =>
      steps.map(({ from, to, kind, tripleId }) => `${from} ${kind} ${tripleId} ${to}`).join(", "),
    );
}
