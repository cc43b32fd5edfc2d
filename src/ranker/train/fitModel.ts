import type { Graph } from "../../kg/types.ts";
import { bindModel } from "../bindModel.ts";
import { DEFAULT_CONFIG, type Histories, type Model, type ModelConfig } from "../model.ts";
import { makeRandom } from "../random.ts";
import type { VectorSet } from "../spaces.ts";
import type { Tf } from "../tf.ts";
import { packModel, unpackModel } from "../weights.ts";
import { countModel } from "./countModel.ts";
import { defaultWeights } from "./defaultWeights.ts";
import type { SpaceSources } from "./fitSpaces.ts";
import { fuseByGates, moveGates } from "./fuseByGates.ts";
import type { GateEpoch } from "./gates/fitGates.ts";
import { Search } from "./Search.ts";
import { listSettings } from "./settings.ts";

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
  /** For the factors; without a backend there are none. */
  readonly tf?: Tf | null;
  /** Vectors of text and other sets; each becomes a part of the score. */
  readonly vectors?: readonly VectorSet[];
  /** Called every few steps of the factors' training: steps `done` of `total`, and the cross-entropy. */
  readonly onFactorStep?: SpaceSources["onStep"];
  /** Called after each epoch of the gates. */
  readonly onGateEpoch?: (numbers: GateEpoch) => void | Promise<void>;
  /** Called before each trial; `done` of `total`. */
  readonly onProgress?: (done: number, total: number) => void | Promise<void>;
}

export interface Fit {
  readonly model: Model;
  /** Validation figures of the chosen settings. */
  readonly metrics: { readonly [name: string]: number };
}

const MOST_USERS = 3000; // that the weights are learned from
const MOST_SEARCHED = 700; // that settings are tried on
const FEWEST_CASES = 20;
const HEADS = 3; // of the factors; the search makes do with one

/**
 * Fits the model: searches its settings one after the other, learning the shapes on a third of the held-out
 * users and judging by nDCG@10 on the others; then learns the shapes on all of them and counts the
 * statistics on `all`. With too few users for that, the default weights stand.
 */
export async function fitModel(options: FitOptions): Promise<Fit> {
  const { graph, train, valid, all, seed } = options;
  const sources: SpaceSources = { tf: options.tf ?? null, vectors: options.vectors ?? [], seed };
  // Only the training that is kept is told of, not those that the search tries.
  const kept = { ...sources, onStep: options.onFactorStep };
  const users = sampleUsers(valid, options.seed);
  const start: ModelConfig = { ...DEFAULT_CONFIG, ...options.fixed };
  if (users.length < FEWEST_CASES) {
    const counted = await countModel(graph, all, start, sources);
    const model = { ...counted, weights: defaultWeights(start, counted.spaces), gates: null };
    return { model, metrics: { validUsers: users.length } };
  }
  const search = new Search(graph, train, valid, users.slice(0, MOST_SEARCHED), sources);
  const { config, ndcg } = await searchSettings(search, start, options);
  const { cases, layout } = await search.makeCases(config, users);
  const fixed = search.assemble(config, search.learn(config, layout, cases));
  const paths = config.fusion === "static" ? [] : search.makePaths(fixed, users);
  const gated =
    config.fusion === "static"
      ? null
      : await fuseByGates({ graph, model: fixed, layout, users: paths, seed, onEpoch: options.onGateEpoch });
  const final = config.factors
    ? { ...config, factors: { ...config.factors, heads: Math.max(HEADS, config.factors.heads) } }
    : config;
  const counted = await countModel(graph, all, final, kept);
  const exact: Model = {
    ...counted,
    weights: gated?.weights ?? fixed.weights,
    gates: gated && moveGates(gated.gates, fixed.statistics.ids, counted.statistics.ids),
  };
  const model = config.bits === 8 ? unpackModel(packModel(exact)) : exact; // what is measured is what is stored
  const { weightOf } = bindModel(model, graph);
  return {
    model,
    metrics: {
      "valid.ndcg@10": ndcg,
      validUsers: users.length,
      ...gated?.metrics,
      "weight.behaviour": weightOf("BEHAVIOUR"),
      "weight.item": weightOf("ITEM"),
      "weight.knowledge": weightOf("KNOWLEDGE"),
    },
  };
}

async function searchSettings(
  search: Search,
  start: ModelConfig,
  { fixed, onProgress, tf }: FitOptions,
): Promise<{ config: ModelConfig; ndcg: number }> {
  const settings = listSettings(search.space, fixed, tf);
  const total = settings.reduce((sum, { tries }) => sum + tries.length, 1);
  let done = 0;
  let best = { config: start, ndcg: await search.judge(start) };
  for (const { tries } of settings) {
    const base = best.config;
    for (const change of tries) {
      await onProgress?.(++done, total);
      const config = change(base);
      const ndcg = await search.judge(config);
      if (ndcg > best.ndcg) best = { config, ndcg };
    }
  }
  return best;
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
