import { rehearse } from "../../kg/curation/rehearse.ts";
import { findOpenRows } from "../../kg/queries/findOpenRows.ts";
import type { Snapshot } from "../../kg/snapshot/Snapshot.ts";
import type { ChangeRow } from "../../kg/types.ts";
import { countDegree } from "../../ranker/bindModel.ts";
import { createRanker, type Ranker } from "../../ranker/createRanker.ts";
import { spearman } from "../../ranker/evaluate/faithfulness/spearman.ts";
import type { Model } from "../../ranker/model.ts";
import type { Audited, AuditOptions, AuditReport, Pair } from "./types.ts";

/** One triple that was deleted: what the explanation said, and what became of the score. */
interface Deletion {
  readonly said: number;
  /** `deltaIfRemoved` where one path alone uses the triple, else null. */
  readonly saidByPath: number | null;
  readonly frozen: number;
  readonly recomputed: number;
}

type Found = Pick<
  AuditReport,
  | "deletions"
  | "deletionErrorFrozen"
  | "deletionErrorPath"
  | "pathDeletions"
  | "deletionErrorRecomputed"
  | "spearmanRecomputed"
  | "signAgreement"
>;

/**
 * Deletes a triple of each pair's strongest knowledge path in Postgres, scores again, and puts everything back,
 * until there were enough.
 */
export async function measureDeletions(
  audited: Audited,
  pairs: readonly Pair[],
  { deletions: wanted, onProgress }: AuditOptions,
): Promise<Found> {
  const ranker = createRanker(audited.info, audited.model, audited.graph);
  const deletions: Deletion[] = [];
  for (const pair of pairs) {
    if (deletions.length >= wanted) break;
    const tripleId = pair.scored.evidence
      .find(({ component, contribution }) => component === "KNOWLEDGE" && contribution !== 0)
      ?.steps.find((step) => step.tripleId !== null)?.tripleId;
    if (!tripleId) continue;
    deletions.push(await deleteTriple(audited, ranker, { pair, tripleId }));
    onProgress?.(deletions.length / wanted);
  }
  return summarise(deletions);
}

async function deleteTriple(
  audited: Audited,
  ranker: Ranker,
  { pair, tripleId }: { readonly pair: Pair; readonly tripleId: string },
): Promise<Deletion> {
  const { scored, signals, item } = pair;
  const users = scored.evidence.filter(({ steps }) => steps.some((step) => step.tripleId === tripleId));
  const complete = scored.components.every(
    ({ kind, otherEvidenceCount: rest }) => kind !== "KNOWLEDGE" || rest === 0,
  );
  const said = ranker.removeTriples(signals, item, new Set([Number(tripleId)]));
  const rows = await rehearse(audited.db, async (tx) => {
    await tx.query("delete from triple where id = $1", [tripleId]);
    return findOpenRows(tx);
  });
  const after = scoreWithout(audited, ranker, { pair, rows });
  return {
    said,
    saidByPath: complete && users.length === 1 ? users[0].deltaIfRemoved : null,
    frozen: after.frozen - scored.score,
    recomputed: after.recomputed - scored.score,
  };
}

function scoreWithout(
  { graph, info, model, histories: { ordered } }: Audited,
  ranker: Ranker,
  { pair, rows }: { readonly pair: Pair; readonly rows: readonly ChangeRow[] },
): { readonly frozen: number; readonly recomputed: number } {
  const { revision } = graph;
  const { history, own } = pair.signals;
  const score = (by: Ranker) =>
    by.explain(by.collect(Array.from(history.subarray(0, own)), ordered), pair.item, 0).score;
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

function summarise(deletions: readonly Deletion[]): Found {
  const largest = (gaps: readonly number[]) => gaps.reduce((most, gap) => Math.max(most, Math.abs(gap)), 0);
  const byPath = deletions.filter(({ saidByPath }) => saidByPath !== null);
  const agreeing = deletions.filter(({ said, recomputed }) => Math.sign(said) === Math.sign(recomputed));
  return {
    deletions: deletions.length,
    deletionErrorFrozen: largest(deletions.map(({ said, frozen }) => said - frozen)),
    deletionErrorPath: largest(byPath.map(({ saidByPath, frozen }) => saidByPath! - frozen)),
    pathDeletions: byPath.length,
    deletionErrorRecomputed: largest(deletions.map(({ said, recomputed }) => said - recomputed)),
    spearmanRecomputed: spearman(
      deletions.map(({ said }) => said),
      deletions.map(({ recomputed }) => recomputed),
    ),
    signAgreement: agreeing.length / Math.max(1, deletions.length),
  };
}
