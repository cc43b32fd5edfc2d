import { DomainError } from "../../../errors.ts";
import type { ReportRow } from "../report/Report.ts";
import { splitDataset } from "../splitDataset.ts";
import type { Dataset, Split } from "../types.ts";
import { cutUserRows } from "../userRows.ts";
import { makeArena, makeTraining } from "./makeArena.ts";
import { type Arena, HISTORY_MODES, type HistoryMode, type RankingProtocol } from "./Protocol.ts";

/**
 * The protocol of the path-reasoning line: each user's rows in the order of time, the first 60% train, the next
 * 20% valid, the last test, as the split column says. Both histories stand in one table.
 *
 * Under the history `train` the test starts a whole validation part after the history ends. Settings that suit
 * the very next interaction do not suit that, so the selection leaves the same gap: models are fitted on what
 * comes before the last part of train, of as many rows as `valid` has, and judged by `valid`.
 * @see https://github.com/mirkomarras/kgglm
 */
export const path: RankingProtocol = {
  name: "path",
  summary:
    "per-user 60/20/20 in time, of the split column; both histories, nDCG over returned hits beside the usual one",
  columns: [
    { metric: "ndcg-returned@10", label: "nDCG@10 over returned hits" },
    { metric: "mrr@10", label: "mrr@10" },
    { metric: "ndcg@10", label: "ndcg@10" },
    { metric: "recall@10", label: "recall@10" },
  ],
  leadMetrics: ["ndcg-returned@10", "mrr@10", "ndcg@10", "recall@10"],
  temporal: true,
  histories: HISTORY_MODES,
  prepare(dataset, history) {
    const split = splitDataset(dataset, "full");
    if (split.valid.items.length === 0) {
      throw new DomainError(
        "BAD_USER_INPUT",
        `the data set "${dataset.name}" has no row with the split "valid": protocol "path" expects some between ` +
          "train and test",
      );
    }
    const modes = history ? [history] : HISTORY_MODES;
    return {
      arenas: modes.map((mode) => makeModeArena(dataset, split, mode)),
      skippedUsers: 0,
      notes: NOTES,
    };
  },
  comment: checkPublished,
};

const NOTES: readonly string[] = [
  "nDCG over returned hits has an ideal of the hits that were returned, as the published harness computes it: it " +
    "judges their order and not their number",
  "history train: settings are chosen with the gap that the test has, the last part of train left out",
];

function makeModeArena(dataset: Dataset, split: Split, mode: HistoryMode): Arena {
  const training = makeTraining(dataset, split, mode);
  const group = `history ${mode}`;
  if (mode === "train+valid") return makeArena(training, split, group);
  const { train, valid } = split;
  // As many rows of the end of train as valid has, but never all.
  const [before, gap] = cutUserRows(train, (user, count) =>
    Math.max(1, count - (valid.offsets[user + 1] - valid.offsets[user])),
  );
  return makeArena({ ...training, train: before, masked: gap, final: train }, split, group);
}

/** Data sets of which the published harness printed popularity, known by their counts and not by a name. */
const PUBLISHED = [{ users: 6040, items: 2983, rows: 932_293, "ndcg-returned@10": 0.2635, "mrr@10": 0.2152 }];

/** Says whether popularity gives what the published harness printed, where it is known. */
export function checkPublished(dataset: Dataset, rows: readonly ReportRow[]): string[] {
  const known = PUBLISHED.find(
    ({ users, items, rows: count }) =>
      users === dataset.userKeys.length &&
      items === dataset.itemKeys.length &&
      count === dataset.interactions.user.length,
  );
  const row = rows.find(({ model, group }) => model === "popularity" && group === "history train");
  if (!known || !row) return [];
  const found = (["ndcg-returned@10", "mrr@10"] as const).map((metric) => ({
    text: `${metric} ${row.metrics[metric].mean.toFixed(4)} (published ${known[metric].toFixed(4)})`,
    same: Math.abs(row.metrics[metric].mean - known[metric]) < 1e-3,
  }));
  const verdict = found.every(({ same }) => same) ? "agrees" : "DISAGREES";
  return [
    `self-check: popularity ${verdict} with the published harness: ${found.map(({ text }) => text).join(", ")}`,
  ];
}
