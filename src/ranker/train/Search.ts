import type { Graph } from "../../kg/types.ts";
import { type BoundModel, bindModel } from "../bindModel.ts";
import { layOutGroups, makeDefaultShapes } from "../groups.ts";
import type { FusionWeights, Histories, Model, ModelConfig, NeighbourLists } from "../model.ts";
import { rank } from "../rank.ts";
import { scaleShape } from "../shape.ts";
import { collectSignals } from "../signals.ts";
import { type Case, makeCase } from "./cases.ts";
import { fitShapes } from "./fitShapes.ts";
import { fitSource } from "./fitSource.ts";
import { type Counted, countStatistics, placeLists } from "./fitStatistics.ts";
import { type ItemSpace, makeItemSpace } from "./itemSpace.ts";

const BALANCES = [0.25, 0.5, 2];
const KEPT_LISTS = 8;

/** One search over one split of the histories; keeps the neighbour lists that were fitted last. */
export class Search {
  readonly space: ItemSpace;
  private readonly counted: Counted;
  private readonly lists = new Map<string, NeighbourLists>();

  constructor(
    private readonly graph: Graph,
    private readonly train: Histories,
    private readonly valid: Histories,
    private readonly users: readonly number[],
  ) {
    this.space = makeItemSpace(train, graph.size);
    this.counted = countStatistics(graph, this.space);
  }

  /** nDCG@10 on two of three users of shapes learned on the others: few weights need fewer than a fair judge. */
  judge(config: ModelConfig): number {
    const learners = this.users.filter((_, place) => place % 3 === 0);
    const judges = this.users.filter((_, place) => place % 3 !== 0);
    return this.measure(config, this.learn(config, learners), judges);
  }

  /**
   * Balances popularity and knowledge against behaviour by nDCG@10 itself: cross-entropy minds the whole list,
   * a page only its top. Keeps the learned weights unless another balance is better on all users of the search.
   */
  balance(config: ModelConfig, learned: FusionWeights): { weights: FusionWeights; ndcg: number } {
    let best = { weights: learned, ndcg: this.measure(config, learned, this.users) };
    for (const isPart of [isKnowledge, (name: string) => name === "popularity"]) {
      const base = best.weights;
      for (const factor of BALANCES) {
        const weights = scaleGroups(base, isPart, factor);
        const ndcg = this.measure(config, weights, this.users);
        if (ndcg > best.ndcg) best = { weights, ndcg };
      }
    }
    return best;
  }

  /** nDCG@10 of the model on the held-out items of `judges`. */
  measure(config: ModelConfig, weights: FusionWeights, judges: readonly number[]): number {
    const model = bindModel(this.assemble(config, weights), this.graph);
    return judges.reduce((sum, user) => sum + this.measureUser(model, user), 0) / judges.length;
  }

  /** The shapes that put the held-out items of `users` first. */
  learn(config: ModelConfig, users: readonly number[]): FusionWeights {
    const model = bindModel(this.assemble(config), this.graph);
    const cases = users
      .map((user) => makeCase(model, this.graph, this.train, this.valid, user))
      .filter((one): one is Case => one !== null);
    return fitShapes(cases, model.layout, this.graph, config.shape);
  }

  /** A model of the training part, with default weights where none are given. */
  assemble(config: ModelConfig, weights?: FusionWeights): Model {
    return {
      config,
      weights: weights ?? defaultWeights(config),
      statistics: this.counted.statistics,
      sources: config.sources.map((source) => this.listsOf(config, source)),
      spaces: [],
      gates: null,
    };
  }

  private listsOf({ neighbours }: ModelConfig, source: ModelConfig["sources"][number]): NeighbourLists {
    const key = JSON.stringify([source.kernels, neighbours]);
    let lists = this.lists.get(key);
    if (!lists) {
      lists = placeLists(fitSource(this.space, source, neighbours), this.counted);
      if (this.lists.size >= KEPT_LISTS) this.lists.clear();
      this.lists.set(key, lists);
    }
    return lists;
  }

  private measureUser(model: BoundModel, user: number): number {
    const { train, valid, graph } = this;
    const history = [...train.item.subarray(train.offsets[user], train.offsets[user + 1])].reverse();
    const wanted = new Set(valid.item.subarray(valid.offsets[user], valid.offsets[user + 1]));
    const seen = new Set(history);
    const signals = collectSignals(model, graph, history, train.ordered);
    const ranked = rank(signals, { accepts: (item) => graph.isItem(item) && !seen.has(item) });
    return ndcgAt10(
      ranked.map(({ item }) => item),
      wanted,
    );
  }
}

/** The weights of a model that has learned nothing. */
export function defaultWeights(config: ModelConfig): FusionWeights {
  return {
    bias: 0,
    ...makeDefaultShapes(
      layOutGroups(
        config.sources.map(({ name }) => name),
        [],
      ),
    ),
  };
}

function isKnowledge(name: string): boolean {
  return name === "direct" || name === "interest" || name.startsWith("relation:");
}

function scaleGroups(
  weights: FusionWeights,
  isPart: (name: string) => boolean,
  factor: number,
): FusionWeights {
  return {
    bias: weights.bias,
    shapes: Object.fromEntries(
      Object.entries(weights.shapes).map(([name, shape]) => [
        name,
        isPart(name) ? scaleShape(shape, factor) : shape,
      ]),
    ),
    otherRelation: isPart("relation:") ? scaleShape(weights.otherRelation, factor) : weights.otherRelation,
  };
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
