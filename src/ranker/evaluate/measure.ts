import { selectTop } from "../selectTop.ts";
import { METRICS } from "./metrics.ts";
import type { UserRows, UserScorer } from "./types.ts";
import { readHistory } from "./userRows.ts";

/** Cut-offs that evaluation prints. */
export const CUTOFFS: readonly number[] = [10, 20];

/** What to measure a scorer on. */
export interface Task {
  readonly items: number;
  /** What the scorer sees of each user. */
  readonly history: UserRows;
  /** Rows whose items are never ranked, besides the history's own. */
  readonly masked?: UserRows;
  /** Items that compete; all where absent. */
  readonly ranked?: readonly number[];
  /** Relevant items; users without any are not measured. */
  readonly relevant: UserRows;
}

/** Metrics of each measured user, in user order, so that two models can be compared pairwise. */
export interface Measurement {
  /** Metric name such as "recall@10" → one number per measured user. */
  readonly perUser: { readonly [metric: string]: Float64Array };
  /** User index of each entry. */
  readonly users: Int32Array;
  /** Time to score and rank one user, mean. */
  readonly secondsPerUser: number;
}

/**
 * Measures a scorer by full ranking: every item that is not masked competes. Equal scores go by item index, or
 * by the order of `ranked`.
 * Cost per user: one call of `score` and one pass over the items.
 */
export function measure(scorer: UserScorer, task: Task): Measurement {
  const { relevant } = task;
  const users = Int32Array.from(relevant.offsets.keys())
    .subarray(0, relevant.offsets.length - 1)
    .filter((user) => relevant.offsets[user + 1] > relevant.offsets[user]);
  const names = CUTOFFS.flatMap((k) => Object.keys(METRICS).map((name) => ({ name, k })));
  const columns = names.map(() => new Float64Array(users.length));
  const scores = new Float64Array(task.items);
  let seconds = 0;
  users.forEach((user, position) => {
    const started = performance.now();
    const top = rankItems(scorer, task, user, scores);
    seconds += (performance.now() - started) / 1000;
    const wanted = new Set(readHistory(relevant, user).items);
    const hits = Array.from(top, (item) => (wanted.has(item) ? 1 : 0));
    names.forEach(({ name, k }, column) => {
      columns[column][position] = METRICS[name](hits, wanted.size, k);
    });
  });
  const perUser = Object.fromEntries(names.map(({ name, k }, column) => [`${name}@${k}`, columns[column]]));
  return { perUser, users, secondsPerUser: users.length === 0 ? 0 : seconds / users.length };
}

/** Mean over users; 0 for none. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at];
  return values.length === 0 ? 0 : sum / values.length;
}

function rankItems(scorer: UserScorer, task: Task, user: number, scores: Float64Array): Int32Array {
  const history = readHistory(task.history, user);
  scores.fill(0);
  scorer.score(user, history, scores);
  for (const item of history.items) scores[item] = Number.NEGATIVE_INFINITY;
  if (task.masked) {
    for (const item of readHistory(task.masked, user).items) scores[item] = Number.NEGATIVE_INFINITY;
  }
  return selectBest(scores, task.ranked);
}

/** The best of all items, or of those that compete: equal ones go by their order in `ranked`. */
function selectBest(scores: Float64Array, ranked: Task["ranked"]): Int32Array {
  const most = Math.max(...CUTOFFS);
  if (!ranked) return selectTop(scores, most);
  const competing = Float64Array.from(ranked, (item) => scores[item]);
  return selectTop(competing, most).map((place) => ranked[place]);
}
