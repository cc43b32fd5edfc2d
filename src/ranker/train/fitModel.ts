import type { Graph } from "../../kg/types.ts";
import { bindModel } from "../bindModel.ts";
import {
  DEFAULT_CONFIG,
  DEFAULT_WEIGHTS,
  type FusionWeights,
  type Histories,
  type Model,
  type ModelConfig,
} from "../model.ts";
import { makeRandom } from "../random.ts";
import { rank } from "../rank.ts";
import { collectSignals } from "../signals.ts";
import { canInvert } from "./easeKernel.ts";
import { type Case, FIXED_COLUMNS, makeCase, toFusionWeights } from "./features.ts";
import { assembleStatistics, fitNeighbours, fitStatistics, type NeighbourLists } from "./fitStatistics.ts";
import { fitWeights } from "./fitWeights.ts";
import { type ItemSpace, makeItemSpace } from "./itemSpace.ts";
import { canWalk } from "./walkKernel.ts";

export interface FitOptions {
  readonly graph: Graph;
  /** What the search learns from; the rows of `valid` are not in it. */
  readonly train: Histories;
  /** What the search is asked for, per user. */
  readonly valid: Histories;
  /** What the final statistics are counted on. */
  readonly all: Histories;
  readonly seed: number;
  /** Settings that are not searched over. */
  readonly fixed?: Partial<ModelConfig>;
  /** Called before each trial; `done` of `total`. */
  readonly onProgress?: (done: number, total: number) => void | Promise<void>;
}

export interface Fit {
  readonly model: Model;
  /** Validation figures of the chosen settings. */
  readonly metrics: { readonly [name: string]: number };
}

const MOST_USERS = 1200; // that the weights are learned from
const MOST_SEARCHED = 600; // that settings are tried on
const FEWEST_CASES = 20;
const BALANCES = [0.25, 0.5, 2];

/**
 * Fits the model: searches its settings one after the other, learning the fusion weights on a third of the
 * held-out users and judging by nDCG@10 on the others; then learns the weights on all of them and counts the
 * statistics on `all`. With too few users for that, the default weights stand.
 */
export async function fitModel(options: FitOptions): Promise<Fit> {
  const { graph, train, valid, all } = options;
  const users = sampleUsers(valid, options.seed);
  const config: ModelConfig = { ...DEFAULT_CONFIG, ...options.fixed };
  if (users.length < FEWEST_CASES) {
    const statistics = fitStatistics(graph, all, config);
    return { model: { config, weights: DEFAULT_WEIGHTS, statistics }, metrics: { validUsers: users.length } };
  }
  const search = new Search(graph, train, valid, users.slice(0, MOST_SEARCHED));
  const best = await searchSettings(search, config, options);
  const learned = toFusionWeights(search.learn(best.config, users), graph);
  const { weights, ndcg } = search.balance(best.config, learned);
  return {
    model: { config: best.config, weights, statistics: fitStatistics(graph, all, best.config) },
    metrics: {
      "valid.ndcg@10": ndcg,
      validUsers: users.length,
      "weight.behaviour": weights.behaviour,
      "weight.item": weights.item,
      "weight.knowledge": weights.knowledge,
    },
  };
}

/** The settings in the order of the search, each with the values that are tried. */
function listSettings(space: ItemSpace, fixed: Partial<ModelConfig> = {}): Partial<ModelConfig>[][] {
  const kernels: Partial<ModelConfig>[] = [0.25, 0.4].map((popularityDiscount) => ({
    kernel: "cosine",
    popularityDiscount,
  }));
  if (canWalk(space)) {
    for (const popularityDiscount of [0.25, 0.4]) kernels.push({ kernel: "walk", popularityDiscount });
  }
  if (canInvert(space)) for (const ridge of [30, 100, 300]) kernels.push({ kernel: "ease", ridge });
  const settings: Partial<ModelConfig>[][] = [kernels];
  if (space.ordered) {
    settings.push([null, 3, 10, 30].map((halfLife) => ({ halfLife })));
    settings.push([0.3, 1].map((next) => ({ next })));
  }
  settings.push([0.25, 0].map((itemDiscount) => ({ itemDiscount })));
  settings.push([0.25, 0.75, 1].map((entityDiscount) => ({ entityDiscount })));
  return settings.filter((values) => Object.keys(values[0]).every((name) => !(name in fixed)));
}

async function searchSettings(
  search: Search,
  start: ModelConfig,
  { fixed, onProgress }: FitOptions,
): Promise<{ config: ModelConfig; ndcg: number }> {
  const settings = listSettings(search.space, fixed);
  const total = settings.reduce((sum, values) => sum + values.length, 1);
  let done = 0;
  let best = { config: start, ndcg: search.judge(start) };
  for (const values of settings) {
    const base = best.config;
    for (const value of values) {
      await onProgress?.(++done, total);
      const config = { ...base, ...value };
      const ndcg = search.judge(config);
      if (ndcg > best.ndcg) best = { config, ndcg };
    }
  }
  return best;
}

/** One search over one split; keeps the neighbour lists of the kernel that was tried last. */
class Search {
  readonly space: ItemSpace;
  private readonly lists = new Map<string, NeighbourLists>();

  constructor(
    private readonly graph: Graph,
    private readonly train: Histories,
    private readonly valid: Histories,
    private readonly users: readonly number[],
  ) {
    this.space = makeItemSpace(train, graph.size);
  }

  /** nDCG@10 on two of three users of weights learned on the others: few weights need fewer than a fair judge. */
  judge(config: ModelConfig): number {
    const learners = this.users.filter((_, place) => place % 3 === 0);
    const judges = this.users.filter((_, place) => place % 3 !== 0);
    return this.measure(config, toFusionWeights(this.learn(config, learners), this.graph), judges);
  }

  /**
   * Balances ω_I and ω_K against ω_U by nDCG@10 itself: cross-entropy minds the whole list, a page only its
   * top. Keeps the learned weights unless another balance is better on all held-out users.
   */
  balance(config: ModelConfig, learned: FusionWeights): { weights: FusionWeights; ndcg: number } {
    let best = { weights: learned, ndcg: this.measure(config, learned, this.users) };
    for (const part of ["knowledge", "item"] as const) {
      const base = best.weights;
      for (const factor of BALANCES) {
        const weights = { ...base, [part]: base[part] * factor };
        const ndcg = this.measure(config, weights, this.users);
        if (ndcg > best.ndcg) best = { weights, ndcg };
      }
    }
    return best;
  }

  private measure(config: ModelConfig, weights: FusionWeights, judges: readonly number[]): number {
    const model = bindModel({ config, weights, statistics: this.statistics(config) }, this.graph);
    let sum = 0;
    for (const user of judges) {
      const { history, wanted } = this.rowsOf(user);
      const signals = collectSignals(model, this.graph, history, this.train.ordered);
      const seen = new Set(history);
      const ranked = rank(signals, { accepts: (item) => this.graph.isItem(item) && !seen.has(item) });
      sum += ndcgAt10(
        ranked.map(({ item }) => item),
        wanted,
      );
    }
    return sum / judges.length;
  }

  /** One weight per feature column, learned from the held-out items of `users`. */
  learn(config: ModelConfig, users: readonly number[]): Float64Array {
    const model = bindModel(
      { config, weights: DEFAULT_WEIGHTS, statistics: this.statistics(config) },
      this.graph,
    );
    const cases = users
      .map((user) => makeCase(model, this.graph, this.train, this.valid, user))
      .filter((one): one is Case => one !== null);
    return fitWeights(cases, FIXED_COLUMNS + this.graph.relations.length);
  }

  private statistics(config: ModelConfig) {
    const key = JSON.stringify([
      config.kernel,
      config.ridge,
      config.popularityDiscount,
      config.next,
      config.neighbours,
    ]);
    let lists = this.lists.get(key);
    if (!lists) {
      lists = fitNeighbours(this.space, config);
      if (this.lists.size > 8) this.lists.clear();
      this.lists.set(key, lists);
    }
    return assembleStatistics(this.graph, this.space, lists);
  }

  private rowsOf(user: number) {
    const { train, valid } = this;
    return {
      history: [...train.item.subarray(train.offsets[user], train.offsets[user + 1])].reverse(),
      wanted: new Set(valid.item.subarray(valid.offsets[user], valid.offsets[user + 1])),
    };
  }
}

function ndcgAt10(ranked: readonly number[], wanted: ReadonlySet<number>): number {
  let gain = 0;
  let ideal = 0;
  for (let place = 0; place < Math.min(10, ranked.length); place++) {
    if (wanted.has(ranked[place])) gain += 1 / Math.log2(place + 2);
  }
  for (let place = 0; place < Math.min(10, wanted.size); place++) ideal += 1 / Math.log2(place + 2);
  return ideal > 0 ? gain / ideal : 0;
}

function sampleUsers(valid: Histories, seed: number): number[] {
  const users: number[] = [];
  for (let user = 0; user + 1 < valid.offsets.length; user++) {
    if (valid.offsets[user + 1] > valid.offsets[user]) users.push(user);
  }
  const random = makeRandom(seed);
  for (let place = users.length - 1; place > 0; place--) {
    const other = Math.floor(random() * (place + 1));
    [users[place], users[other]] = [users[other], users[place]];
  }
  return users.slice(0, MOST_USERS);
}
