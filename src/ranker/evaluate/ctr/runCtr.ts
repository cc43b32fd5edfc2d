import { DomainError } from "../../../errors.ts";
import type { Lead, Report, ReportRow } from "../report/Report.ts";
import { BASELINES, scoreBaseline } from "./baselines.ts";
import { compareAuc } from "./compareAuc.ts";
import { fitAdditive, keepGroups, measureSplit } from "./fitAdditive.ts";
import { scoreMasses } from "./fitShapes.ts";
import { type Judgement, judge, summarise } from "./judge.ts";
import { makeFacts } from "./makeFacts.ts";
import { shuffleFacts } from "./shuffleFacts.ts";
import { splitRows } from "./splitRows.ts";
import type { CtrData, CtrSplit } from "./types.ts";
import { ABLATIONS, type CtrVariant, WHYGRAPH } from "./variants.ts";
import { makeGraphSteps } from "./World.ts";

export interface CtrOptions {
  /** Random 60/20/20 splits, seeded 1, 2, …; 5 in published tables. */
  readonly splits?: number;
  /** Parts of the cross-fit; fewer are faster, and their masses further from those of the test. */
  readonly folds?: number;
  readonly ablations?: boolean;
  /** Only the rows of these names, some of `CTR_MODELS`. */
  readonly models?: readonly string[];
  readonly onProgress?: (text: string) => void;
}

/** The rows that the table may have. */
export const CTR_MODELS: readonly string[] = [...BASELINES, WHYGRAPH, ...ABLATIONS].map(({ name }) => name);

const NOTES: readonly string[] = [
  "AUC and F1 of the test rows; F1 at probability .5, and F1* at the threshold that is best on validation",
  "no model sees how many rows a user has: with as many negatives as positives it would tell the answer",
  "every item of such a file is liked in some split, so one that nobody likes in train is liked in the test more " +
    "often than one with a single fan: the newcomer part learns that from train alone, and its worth here is the " +
    "distance to whygraph-no-newcomer",
];

/**
 * Judges click-through prediction on random splits of the labelled rows: baselines, the additive model and, where
 * they are asked for, its ablations. Everything is chosen on the validation rows of its split.
 * @throws {DomainError} BAD_USER_INPUT where a name is none of `CTR_MODELS`
 */
export function runCtr(data: CtrData, options: CtrOptions = {}): Report {
  const { splits = 5, models, onProgress = () => {} } = options;
  assertModels(models ?? []);
  const isAsked = (name: string): boolean => !models || models.includes(name);
  const variants = [WHYGRAPH, ...(options.ablations || models ? ABLATIONS : [])].filter(({ name }) =>
    isAsked(name),
  );
  const baselines = BASELINES.filter(({ name }) => isAsked(name));
  const judgements: Judgement[] = [];
  for (let seed = 1; seed <= splits; seed++) {
    const split = splitRows(data.rows.label.length, seed);
    for (const baseline of baselines) {
      onProgress(`split ${seed} of ${splits}: ${baseline.name}`);
      const started = performance.now();
      const { setting, ...scores } = scoreBaseline(baseline, data, split);
      const seconds = (performance.now() - started) / 1000;
      judgements.push(judge(data, split, { ...scores, model: baseline.name, chosen: { setting }, seconds }));
    }
    onProgress(`split ${seed} of ${splits}: whygraph`);
    judgements.push(...judgeVariants(data, split, { variants, seed, folds: options.folds ?? 20 }));
  }
  const names = [...baselines, ...variants].map(({ name }) => name);
  return {
    title: `${data.name}: click-through prediction, ${splits} random splits of 60/20/20`,
    ...{ data: data.name, protocol: "ctr", seeds: splits },
    columns: [
      { metric: "auc", label: "AUC" },
      { metric: "f1", label: "F1" },
      { metric: "f1*", label: "F1*" },
    ],
    rows: names.map((name) => summarise(judgements.filter(({ model }) => model === name))),
    leads: isAsked(WHYGRAPH.name)
      ? listLeads(
          data,
          judgements,
          names.filter((name) => name !== WHYGRAPH.name),
        )
      : [],
    notes: NOTES,
    figures: [
      { title: "AUC of the test rows", metric: "auc", group: "" },
      { title: "F1 of the test rows", metric: "f1", group: "" },
    ],
    omitted: [],
  };
}

function assertModels(models: readonly string[]): void {
  const stranger = models.find((name) => !CTR_MODELS.includes(name));
  if (stranger === undefined) return;
  throw new DomainError(
    "BAD_USER_INPUT",
    `--models has "${stranger}"; protocol ctr expected some of ${CTR_MODELS.join(", ")}`,
  );
}

/** Fits and judges the variants that share the masses of a graph. */
function judgeVariants(
  data: CtrData,
  split: CtrSplit,
  {
    variants,
    seed,
    folds,
  }: { readonly variants: readonly CtrVariant[]; readonly seed: number; readonly folds: number },
): Judgement[] {
  const labelsOf = (rows: Int32Array): Uint8Array => Uint8Array.from(rows, (row) => data.rows.label[row]);
  const labels = { train: labelsOf(split.train), valid: labelsOf(split.valid) };
  return [false, true].flatMap((shuffled) => {
    const members = variants.filter((variant) => variant.shuffled === shuffled);
    if (members.length === 0) return [];
    const started = performance.now();
    const facts = makeFacts(data);
    const graph = makeGraphSteps(data, shuffled ? shuffleFacts(facts, data.items, seed) : facts);
    const masses = measureSplit(data, split, { graph, folds, seed });
    const measured = (performance.now() - started) / 1000;
    return members.map((variant) => {
      const begun = performance.now();
      const { model, ridge } = fitAdditive(masses, labels, variant);
      return judge(data, split, {
        model: variant.name,
        valid: scoreMasses(model, keepGroups(masses.valid, variant)),
        test: scoreMasses(model, keepGroups(masses.test, variant)),
        chosen: { ridge },
        seconds: measured + (performance.now() - begun) / 1000,
      });
    });
  });
}

/** How far the model is ahead of every other row. */
function listLeads(data: CtrData, judgements: readonly Judgement[], others: readonly string[]): Lead[] {
  const mine = judgements.filter(({ model }) => model === WHYGRAPH.name);
  const meanOf = (rows: readonly Judgement[]): ReportRow => summarise(rows);
  const best = BASELINES.map(({ name }) => name)
    .filter((name) => others.includes(name))
    .map((name) => meanOf(judgements.filter(({ model }) => model === name)))
    .sort((a, b) => b.metrics.auc.mean - a.metrics.auc.mean)[0]?.model;
  return others.map((over) => {
    const theirs = judgements.filter(({ model }) => model === over);
    const splits = mine.map(({ user, labels, scores }, at) => ({
      user,
      labels,
      a: scores,
      b: theirs[at].scores,
    }));
    return {
      ...{ group: "", metric: "auc", model: WHYGRAPH.name, over, best: over === best },
      ...compareAuc(splits, { users: data.users }),
    };
  });
}
