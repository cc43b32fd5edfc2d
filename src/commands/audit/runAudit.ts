import { rehearse } from "../../kg/curation/rehearse.ts";
import type { Database } from "../../kg/database.ts";
import type { HistoryRows } from "../../kg/models/readHistories.ts";
import { findTriplesByIds } from "../../kg/queries/findTriplesByIds.ts";
import type { Snapshot } from "../../kg/snapshot/Snapshot.ts";
import type { ChangeRow } from "../../kg/types.ts";
import { countDegree } from "../../ranker/bindModel.ts";
import { createRanker, type Ranker } from "../../ranker/createRanker.ts";
import { comprehensiveness, spearman } from "../../ranker/evaluate/faithfulness.ts";
import { completenessError } from "../../ranker/explainItem.ts";
import type { Model } from "../../ranker/model.ts";
import { makeRandom } from "../../ranker/random.ts";
import type { Signals } from "../../ranker/signals.ts";
import type { ModelInfo, ScoredItem } from "../../ranker/types.ts";

/** What is audited: a snapshot of its own, which the audit changes and puts back. */
export interface Audited {
  readonly db: Database;
  readonly graph: Snapshot;
  readonly histories: HistoryRows;
  readonly info: ModelInfo;
  readonly model: Model;
}

export interface AuditOptions {
  /** User–item pairs whose parts are added up. */
  readonly pairs: number;
  /** Triples that are really deleted in Postgres, and rolled back. */
  readonly deletions: number;
  readonly seed: number;
  readonly onProgress?: (fraction: number) => void;
}

/** What the audit found; every figure is measured in this run. */
export interface AuditReport {
  readonly model: string;
  readonly revision: string;
  readonly pairs: number;
  /** Largest |bias + Σ contributions + Σ otherEvidence − score|. */
  readonly completenessError: number;
  readonly explainedFraction: number;
  /** Share of TRIPLE steps whose triple is in Postgres. */
  readonly liveSteps: number;
  readonly comprehensiveness: {
    readonly [paths: string]: { readonly strongest: number; readonly random: number };
  };
  readonly deletions: number;
  /** Largest |change of the score − what the explanation said| after a real deletion, the model's degrees kept. */
  readonly deletionErrorFrozen: number;
  /** The same with the degrees counted anew. */
  readonly deletionErrorRecomputed: number;
  /** Rank correlation of the said change and the change with degrees counted anew. */
  readonly spearmanRecomputed: number;
  /** Share of deletions whose recomputed change has the said sign. */
  readonly signAgreement: number;
}

const EVIDENCE = 500;
const TOP = 10;

interface Pair {
  readonly signals: Signals;
  readonly item: number;
  readonly scored: ScoredItem;
}

/** Audits the faithfulness of explanations, end to end through Postgres; leaves everything as it was. */
export async function runAudit(audited: Audited, options: AuditOptions): Promise<AuditReport> {
  const ranker = createRanker(audited.info, audited.model, audited.graph);
  const random = makeRandom(options.seed);
  const pairs = samplePairs(audited, ranker, options.pairs, random);
  const deletions = await measureDeletions(audited, ranker, pairs, options);
  const mean = (values: readonly number[]) =>
    values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length);
  return {
    model: audited.info.id,
    revision: audited.graph.revision,
    pairs: pairs.length,
    completenessError: pairs.reduce((most, { scored }) => Math.max(most, completenessError(scored)), 0),
    explainedFraction: mean(pairs.map(({ scored }) => scored.explainedFraction)),
    liveSteps: await countLiveSteps(audited.db, pairs),
    comprehensiveness: Object.fromEntries(
      [1, 3, 5].map((count) => {
        const all = pairs.flatMap(({ scored }, place) => comprehensiveness(scored, count, place) ?? []);
        return [
          count,
          { strongest: mean(all.map((one) => one.strongest)), random: mean(all.map((one) => one.random)) },
        ];
      }),
    ),
    deletions: deletions.said.length,
    deletionErrorFrozen: largestGap(deletions.said, deletions.frozen),
    deletionErrorRecomputed: largestGap(deletions.said, deletions.recomputed),
    spearmanRecomputed: spearman(deletions.said, deletions.recomputed),
    signAgreement: mean(
      deletions.said.map((said, at) => Number(Math.sign(said) === Math.sign(deletions.recomputed[at]))),
    ),
  };
}

/** Draws users, and for each one of the ten best items or any item of the graph, half and half. */
function samplePairs(
  { graph, histories }: Audited,
  ranker: Ranker,
  count: number,
  random: () => number,
): Pair[] {
  const items = Array.from({ length: graph.size }, (_, index) => index).filter((index) =>
    graph.isItem(index),
  );
  const users = histories.offsets.length - 1;
  const pairs: Pair[] = [];
  while (users > 0 && items.length > 0 && pairs.length < count) {
    const user = Math.floor(random() * users);
    const rows = histories.item.subarray(histories.offsets[user], histories.offsets[user + 1]);
    const history = Array.from(rows).reverse();
    const signals = ranker.collect(history, histories.ordered);
    const seen = new Set(history);
    const top = ranker
      .rank(signals, { accepts: (item) => graph.isItem(item) && !seen.has(item) })
      .slice(0, TOP);
    const pool = pairs.length % 2 === 0 && top.length > 0 ? top.map(({ item }) => item) : items;
    const item = pool[Math.floor(random() * pool.length)];
    pairs.push({ signals, item, scored: ranker.explain(signals, item, EVIDENCE) });
  }
  return pairs;
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

interface Deletions {
  readonly said: number[];
  readonly frozen: number[];
  readonly recomputed: number[];
}

/** Deletes the triple that a strong path starts with, scores again, and puts everything back. */
async function measureDeletions(
  audited: Audited,
  ranker: Ranker,
  pairs: readonly Pair[],
  { deletions, onProgress }: AuditOptions,
): Promise<Deletions> {
  const result: Deletions = { said: [], frozen: [], recomputed: [] };
  for (const pair of pairs) {
    if (result.said.length >= deletions) break;
    const path = pair.scored.evidence.find(
      ({ component, contribution }) => component === "KNOWLEDGE" && contribution !== 0,
    );
    const tripleId = path?.steps[0].tripleId;
    if (
      !tripleId ||
      pair.scored.components.some(
        ({ kind, otherEvidenceCount }) => kind === "KNOWLEDGE" && otherEvidenceCount > 0,
      )
    )
      continue;
    const said = pair.scored.evidence
      .filter(({ steps }) => steps.some((step) => step.tripleId === tripleId))
      .reduce((sum, { deltaIfRemoved }) => sum + deltaIfRemoved, 0);
    const rows = await rehearse(audited.db, (tx) => tx.query("delete from triple where id = $1", [tripleId]));
    const after = scoreWithout(audited, ranker, pair, rows);
    result.said.push(said);
    result.frozen.push(after.frozen - pair.scored.score);
    result.recomputed.push(after.recomputed - pair.scored.score);
    onProgress?.(result.said.length / deletions);
  }
  return result;
}

function scoreWithout(
  { graph, info, model, histories: { ordered } }: Audited,
  ranker: Ranker,
  pair: Pair,
  rows: readonly ChangeRow[],
): { readonly frozen: number; readonly recomputed: number } {
  const { revision } = graph;
  const score = (by: Ranker) =>
    by.explain(by.collect([...pair.signals.history], ordered), pair.item, 0).score;
  graph.apply(rows, revision);
  const frozen = score(ranker);
  const recomputed = score(createRanker(info, countAgain(model, graph, rows), graph));
  graph.apply(
    rows.map((row) => ({ ...row, before: row.after, after: row.before })),
    revision,
  );
  return { frozen, recomputed };
}

/** The model with the degrees of the touched entities counted anew. */
function countAgain(model: Model, graph: Snapshot, rows: readonly ChangeRow[]): Model {
  const degree = model.statistics.degree.slice();
  for (const { before, subject } of rows) {
    if (subject !== "triple" || !before) continue;
    for (const id of [Number(before.head_id), Number(before.tail_id)]) {
      const at = model.statistics.ids.indexOf(id);
      if (at >= 0) degree[at] = countDegree(graph, graph.indexOf(String(id)));
    }
  }
  return { ...model, statistics: { ...model.statistics, degree } };
}

function largestGap(a: readonly number[], b: readonly number[]): number {
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at])), 0);
}
