import { DomainError } from "../../errors.ts";
import { type Measurement, mean, measure } from "./measure.ts";
import { type PairedDifference, pairedBootstrap } from "./pairedBootstrap.ts";
import { type Protocol, splitDataset } from "./splitDataset.ts";
import type { Dataset, RankedModel, Split, Training, UserScorer } from "./types.ts";
import { joinUserRows } from "./userRows.ts";

/**
 * What the final fit and the scorer may use: train alone, or train + valid. In both cases hyper-parameters are
 * chosen by fitting on train and measuring on valid, and the items of both are masked at the test.
 */
export type HistoryMode = "train" | "train+valid";
export const HISTORY_MODES: readonly HistoryMode[] = ["train", "train+valid"];

/**
 * The convention of each protocol, the same for every model. Under `full` validation rows only select, as in
 * the published tables; under `time` the validation row is the user's last known step, so it is history.
 */
export const DEFAULT_HISTORY: { readonly [protocol in Protocol]: HistoryMode } = {
  full: "train",
  time: "train+valid",
};

export interface EvaluateOptions {
  readonly protocol: Protocol;
  readonly history?: HistoryMode;
  readonly models: readonly RankedModel[];
  /** Seeds 1 … n. */
  readonly seeds: number;
  readonly onProgress?: (text: string) => void;
}

export interface EvaluationRow {
  readonly model: string;
  /** Metric such as "recall@10" → mean over seeds of the mean over users, and its deviation over seeds. */
  readonly metrics: { readonly [metric: string]: { readonly mean: number; readonly sd: number } };
  /** Selection and fit, mean over seeds; scoring and ranking of one user. */
  readonly seconds: { readonly train: number; readonly perUser: number };
  /** Hyper-parameters chosen on validation (first seed). */
  readonly chosen: UserScorer["chosen"];
}

/** A model's lead over the best baseline of a metric, paired over users, with its 95% interval. */
export interface EvaluationLead extends PairedDifference {
  readonly metric: string;
  readonly model: string;
  readonly over: string;
}

export interface Evaluation {
  readonly data: string;
  readonly protocol: Protocol;
  readonly history: HistoryMode;
  readonly seeds: number;
  /** Users with test rows. */
  readonly users: number;
  readonly skippedUsers: number;
  readonly rows: readonly EvaluationRow[];
  readonly leads: readonly EvaluationLead[];
  /** Models that cannot run on data of this size, with the reason. */
  readonly omitted: readonly { readonly model: string; readonly reason: string }[];
}

const LEAD_METRICS: readonly string[] = ["recall@10", "ndcg@10", "mrr@10"];
const SUBJECT = "whygraph";

/** Fits every model on one split, measures all of them on the same users and compares them pairwise. */
export async function evaluate(dataset: Dataset, options: EvaluateOptions): Promise<Evaluation> {
  const { protocol, seeds, models, history = DEFAULT_HISTORY[protocol], onProgress } = options;
  const split = splitDataset(dataset, protocol);
  const training = makeTraining(dataset, split, history);
  const measured: Measured[] = [];
  const omitted: { model: string; reason: string }[] = [];
  let users = 0;
  for (const model of models) {
    onProgress?.(`fitting ${model.name}`);
    try {
      const entry = await measureModel(model, { training, split, seeds });
      users = entry.users;
      measured.push(entry);
    } catch (error) {
      if (!(error instanceof DomainError && error.code === "UNAVAILABLE")) throw error;
      omitted.push({ model: model.name, reason: error.message });
    }
  }
  const rows = measured.map(({ row }) => row);
  const leads = compareWithBest(measured);
  return {
    data: dataset.name,
    protocol,
    history,
    seeds,
    users,
    skippedUsers: split.skippedUsers,
    rows,
    leads,
    omitted,
  };
}

interface Measured {
  readonly row: EvaluationRow;
  readonly users: number;
  /** Metric → one number per user, mean over seeds. */
  readonly perUser: Measurement["perUser"];
}

interface Setting {
  /** One object for all models, so that variants of one family can share their selection. */
  readonly training: Training;
  readonly split: Split;
  readonly seeds: number;
}

function makeTraining(dataset: Dataset, { train, valid }: Split, history: HistoryMode): Training {
  return {
    users: dataset.userKeys.length,
    items: dataset.itemKeys.length,
    train,
    valid,
    refit: history === "train+valid",
    graph: dataset.graph,
    itemIndexToEntity: dataset.itemIndexToEntity,
  };
}

async function measureModel(model: RankedModel, { training, split, seeds }: Setting): Promise<Measured> {
  const task = {
    items: training.items,
    history: training.refit ? joinUserRows(split.train, split.valid) : split.train,
    masked: split.valid,
    relevant: split.test,
  };
  const runs: { measurement: Measurement; train: number; chosen: UserScorer["chosen"] }[] = [];
  for (let seed = 1; seed <= (model.seeded ? seeds : 1); seed++) {
    const started = performance.now();
    const scorer = await model.fit(training, seed);
    const train = (performance.now() - started) / 1000 + (scorer.sharedSeconds ?? 0);
    runs.push({ measurement: measure(scorer, task), train, chosen: scorer.chosen });
  }
  return summarise(model.name, runs);
}

function summarise(
  model: string,
  runs: readonly { measurement: Measurement; train: number; chosen: UserScorer["chosen"] }[],
): Measured {
  const [{ measurement: first, chosen }] = runs;
  const names = Object.keys(first.perUser);
  const metrics = Object.fromEntries(
    names.map((name) => [name, describe(runs.map(({ measurement }) => mean(measurement.perUser[name])))]),
  );
  const perUser = Object.fromEntries(
    names.map((name) => [
      name,
      first.perUser[name].map((_, user) =>
        mean(runs.map(({ measurement }) => measurement.perUser[name][user])),
      ),
    ]),
  );
  const seconds = {
    train: mean(runs.map(({ train }) => train)),
    perUser: mean(runs.map(({ measurement }) => measurement.secondsPerUser)),
  };
  return { row: { model, metrics, seconds, chosen }, users: first.users.length, perUser };
}

/** Mean and sample deviation; the deviation of one value is 0. */
function describe(values: readonly number[]): { mean: number; sd: number } {
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return { mean: center, sd: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)) };
}

function compareWithBest(measured: readonly Measured[]): EvaluationLead[] {
  const subject = measured.find(({ row }) => row.model === SUBJECT);
  const baselines = measured.filter(({ row }) => !row.model.startsWith(SUBJECT));
  if (!subject || baselines.length === 0) return [];
  return LEAD_METRICS.map((metric) => {
    const best = baselines.reduce((top, entry) =>
      entry.row.metrics[metric].mean > top.row.metrics[metric].mean ? entry : top,
    );
    const difference = pairedBootstrap(subject.perUser[metric], best.perUser[metric]);
    return { metric, model: SUBJECT, over: best.row.model, ...difference };
  });
}
