import type { Graph } from "../../kg/types.ts";
import { bindModel } from "../bindModel.ts";
import type { GroupLayout } from "../groups.ts";
import type { FusionWeights, Histories, Model, ModelConfig, NeighbourLists } from "../model.ts";
import type { VectorSpace } from "../spaces.ts";
import { balanceParts, bindWeights, measureCases } from "./balanceParts.ts";
import { type Case, makeCase, makeRows, thinRows } from "./cases.ts";
import { defaultWeights } from "./defaultWeights.ts";
import { fitShapes } from "./fitShapes.ts";
import { fitSource } from "./fitSource.ts";
import { fitSpaces, type SpaceSources } from "./fitSpaces.ts";
import { type Counted, countStatistics, placeLists } from "./fitStatistics.ts";
import { collectPaths, type UserPaths } from "./gates/collectPaths.ts";
import { type ItemSpace, makeItemSpace } from "./itemSpace.ts";

const KEPT_LISTS = 8;
const GATED_ROWS = 100; // that gates learn from, besides the held-out items

/** One search over one split of the histories; keeps the neighbour lists that were fitted last. */
export class Search {
  readonly space: ItemSpace;
  private readonly counted: Counted;
  private readonly lists = new Map<string, NeighbourLists>();
  private readonly spaces = new Map<string, readonly VectorSpace[]>();

  constructor(
    private readonly graph: Graph,
    private readonly train: Histories,
    private readonly valid: Histories,
    private readonly users: readonly number[],
    private readonly sources: SpaceSources,
  ) {
    this.space = makeItemSpace(train, graph.size);
    this.counted = countStatistics(graph, this.space);
  }

  /** nDCG@10 of each half of the users under weights that were learned on the other half. */
  async judge(config: ModelConfig): Promise<number> {
    const { cases, layout } = await this.makeCases(config, this.users);
    const halves = [0, 1].map((half) => cases.filter((_, place) => place % 2 === half));
    const measured = halves.map((half, place) => {
      const learned = this.learn(config, layout, halves[1 - place]);
      return measureCases(half, bindWeights(learned, layout, this.graph)) * half.length;
    });
    return (measured[0] + measured[1]) / cases.length;
  }

  /** The weights that put the held-out items first: those of the likelihood, then balanced by nDCG@10 itself. */
  learn(config: ModelConfig, layout: GroupLayout, cases: readonly Case[]): FusionWeights {
    const shapes = fitShapes(cases, layout, this.graph, config);
    return balanceParts(cases, shapes, { layout, graph: this.graph, relations: config.relations });
  }

  /** What `users` were held out, with the masses of every candidate. */
  async makeCases(config: ModelConfig, users: readonly number[]) {
    await this.prepare(config);
    const model = bindModel(this.assemble(config), this.graph);
    const cases = users
      .map((user) => makeRows(model, this.graph, this.train, this.valid, user))
      .flatMap((rows) => (rows ? makeCase(rows) : []));
    return { cases, layout: model.layout };
  }

  /** The paths of what `users` were held out, for the gates to weigh. */
  makePaths(model: Model, users: readonly number[]): UserPaths[] {
    const { graph, train, valid } = this;
    const bound = bindModel(model, graph);
    return users.flatMap((user) => {
      const one = makeRows(bound, graph, train, valid, user);
      if (!one) return [];
      const { signals, items, targets, found } = one;
      const kept = thinRows({ targets, rows: items.length }, GATED_ROWS).map((row) => items[row]);
      return collectPaths(signals, kept, { targets, found });
    });
  }

  /** Fits the vector spaces of `config`, where they are not at hand; everything else asks for them afterwards. */
  async prepare(config: ModelConfig): Promise<void> {
    const key = keyOfSpaces(config);
    if (this.spaces.has(key)) return;
    const { graph, space, counted } = this;
    // One head tells what factors are worth; the model that is kept gets more.
    const lean = config.factors ? { ...config, factors: { ...config.factors, heads: 1 } } : config;
    const spaces = await fitSpaces(graph, { space, counted }, lean, this.sources);
    this.spaces.set(key, spaces);
  }

  /** A model of the training part, with default weights where none are given. */
  assemble(config: ModelConfig, weights?: FusionWeights): Model {
    const spaces = this.spaces.get(keyOfSpaces(config)) ?? [];
    return {
      config,
      weights: weights ?? defaultWeights(config, spaces),
      statistics: this.counted.statistics,
      sources: config.sources.map((source) => this.listsOf(config, source)),
      liveScale: 1, // nothing comes in while the search runs
      spaces,
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
}

function keyOfSpaces({ factors, halfLife }: ModelConfig): string {
  return JSON.stringify([factors, factors && halfLife]);
}
