import type { Database } from "../../kg/database.ts";
import { findTriplesByIds } from "../../kg/queries/findTriplesByIds.ts";
import { type Decile, meanByDecile } from "../../ranker/evaluate/faithfulness/meanByDecile.ts";
import { mean } from "../../ranker/evaluate/measure.ts";
import { completenessError } from "../../ranker/explainItem.ts";
import { makeRandom } from "../../ranker/random.ts";
import { measureDeletions } from "./measureDeletions.ts";
import { measureOverlap } from "./measureOverlap.ts";
import { measurePaths } from "./measurePaths.ts";
import { measureQuality } from "./measureQuality.ts";
import { samplePairs } from "./samplePairs.ts";
import type { Audited, AuditOptions, AuditReport, Pair } from "./types.ts";

/** Audits the faithfulness of explanations, end to end through Postgres; leaves everything as it was. */
export async function runAudit(audited: Audited, options: AuditOptions): Promise<AuditReport> {
  const random = makeRandom(options.seed);
  const pairs = samplePairs(audited, options.pairs, random);
  const explain = (keyOf: (pair: Pair) => number): Decile[] =>
    meanByDecile(pairs.map((pair) => ({ key: keyOf(pair), value: pair.scored.explainedFraction })));
  return {
    model: audited.info.id,
    revision: audited.graph.revision,
    pairs: pairs.length,
    completenessError: pairs.reduce((most, { scored }) => Math.max(most, completenessError(scored)), 0),
    explainedFraction: mean(pairs.map(({ scored }) => scored.explainedFraction)),
    explainedByHistory: explain(({ signals }) => signals.own),
    explainedByPopularity: explain(({ signals, item }) => signals.model.interactionsOf(item)),
    liveSteps: await countLiveSteps(audited.db, pairs),
    ...measurePaths(pairs, random),
    pathQuality: measureQuality(audited, pairs),
    overlap: measureOverlap(audited, pairs),
    ...(await measureDeletions(audited, pairs, options)),
  };
}

async function countLiveSteps(db: Database, pairs: readonly Pair[]): Promise<number> {
  const ids = new Set<string>();
  for (const { scored } of pairs) {
    for (const { steps } of scored.evidence)
      for (const { tripleId } of steps) if (tripleId !== null) ids.add(tripleId);
  }
  if (ids.size === 0) return 1;
  return (await findTriplesByIds(db, [...ids])).size / ids.size;
}
