import { makeBinaryMatrix } from "../../linear/BinaryMatrix.ts";
import { fitEase } from "../../linear/fitEase.ts";
import { addUp, fitLogistic } from "./fitLogistic.ts";
import { measureAuc } from "./measureAuc.ts";
import type { CtrData, CtrSplit } from "./types.ts";

/** A score per row from what the training rows say; its size means nothing until it is calibrated. */
type RowScorer = (rows: Int32Array) => Float64Array;

/** A baseline: the scorers of its settings, of which the validation rows choose one. */
export interface CtrBaseline {
  readonly name: string;
  makeScorers(data: CtrData, train: Int32Array): { readonly [setting: string]: RowScorer };
}

/** Popularity, item cosine and EASE, each of them alone. */
export const BASELINES: readonly CtrBaseline[] = [
  {
    name: "popularity",
    makeScorers: (data, train) => {
      const { columnOffsets } = makeLikes(data, train);
      const { item } = data.rows;
      const count = (what: number): number => columnOffsets[what + 1] - columnOffsets[what];
      return { "log(1 + likes)": (rows) => Float64Array.from(rows, (row) => Math.log1p(count(item[row]))) };
    },
  },
  {
    name: "itemknn",
    makeScorers: (data, train) => {
      const likes = makeLikes(data, train);
      return {
        cosine: (rows) => scoreByUser(data, likes, rows, (user, out) => addCosines(likes, user, out)),
      };
    },
  },
  {
    name: "ease",
    makeScorers: (data, train) => {
      const likes = makeLikes(data, train);
      const { rowOffsets, rowItems } = likes;
      const scorers = [100, 300, 1000].map((lambda): [string, RowScorer] => [
        `λ = ${lambda}`,
        (rows) => {
          const weights = fitEase(likes, lambda);
          return scoreByUser(data, likes, rows, (user, out) => {
            for (let at = rowOffsets[user]; at < rowOffsets[user + 1]; at++)
              weights.addRow(rowItems[at], 1, out);
          });
        },
      ]);
      return Object.fromEntries(scorers);
    },
  },
];

/** Scores valid and test rows by the setting with the best AUC on valid, as logits of one weight fitted there. */
export function scoreBaseline(
  baseline: CtrBaseline,
  data: CtrData,
  split: CtrSplit,
): { readonly setting: string; readonly valid: Float64Array; readonly test: Float64Array } {
  const labels = Uint8Array.from(split.valid, (row) => data.rows.label[row]);
  const judged = Int32Array.from([...split.valid, ...split.test]);
  let best: { setting: string; auc: number; scores: Float64Array } | null = null;
  for (const [setting, score] of Object.entries(baseline.makeScorers(data, split.train))) {
    const scores = score(judged);
    const auc = measureAuc(labels, scores.subarray(0, labels.length));
    if (!best || auc > best.auc) best = { setting, auc, scores };
  }
  if (!best) throw new RangeError(`the baseline "${baseline.name}" has no setting; expected at least one`);
  const valid = best.scores.slice(0, labels.length);
  const logistic = fitLogistic({ columns: [valid], labels, ridge: 0 });
  const logits = addUp([best.scores], logistic, judged.length);
  return { setting: best.setting, valid: logits.slice(0, labels.length), test: logits.slice(labels.length) };
}

type Likes = ReturnType<typeof makeBinaryMatrix>;

function makeLikes({ users, items, rows }: CtrData, train: Int32Array): Likes {
  const liked = train.filter((row) => rows.label[row] === 1).sort((a, b) => rows.user[a] - rows.user[b]);
  const offsets = new Int32Array(users + 1);
  for (const row of liked) offsets[rows.user[row] + 1]++;
  for (let user = 0; user < users; user++) offsets[user + 1] += offsets[user];
  return makeBinaryMatrix({ offsets, items: liked.map((row) => rows.item[row]) }, items);
}

/** Calls `add` once per user with the sums of all items, and reads those that are asked. */
function scoreByUser(
  { rows: { user, item } }: CtrData,
  { items }: Likes,
  rows: Int32Array,
  add: (user: number, out: Float64Array) => void,
): Float64Array {
  const scores = new Float64Array(rows.length);
  const order = rows.map((_, at) => at).sort((a, b) => user[rows[a]] - user[rows[b]]);
  let sums = new Float64Array(items);
  let known = -1;
  for (const at of order) {
    if (user[rows[at]] !== known) {
      known = user[rows[at]];
      sums = new Float64Array(items);
      add(known, sums);
    }
    scores[at] = sums[item[rows[at]]];
  }
  return scores;
}

/** Σ over the history of the cosine of two items' fans. */
function addCosines(likes: Likes, user: number, out: Float64Array): void {
  const { rowOffsets, rowItems, columnOffsets, columnUsers } = likes;
  const count = (item: number): number => columnOffsets[item + 1] - columnOffsets[item];
  for (let at = rowOffsets[user]; at < rowOffsets[user + 1]; at++) {
    const from = rowItems[at];
    for (let fan = columnOffsets[from]; fan < columnOffsets[from + 1]; fan++) {
      const other = columnUsers[fan];
      for (let to = rowOffsets[other]; to < rowOffsets[other + 1]; to++) {
        if (rowItems[to] !== from) out[rowItems[to]] += 1 / Math.sqrt(count(from) * count(rowItems[to]));
      }
    }
  }
}
