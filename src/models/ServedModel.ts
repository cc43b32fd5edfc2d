import type { Graph } from "../kg/types.ts";
import type { BindOptions } from "../ranker/bindModel.ts";
import { createRanker, type Ranker } from "../ranker/createRanker.ts";
import type { Model } from "../ranker/model.ts";
import type { ModelInfo } from "../ranker/types.ts";

/** A model in memory, bound to the graph that was asked for last. */
export class ServedModel {
  #bound: { readonly graph: Graph; readonly ranker: Ranker } | null = null;

  constructor(
    readonly info: ModelInfo,
    readonly model: Model,
    private readonly options: BindOptions = {},
  ) {}

  /** The same model with the vectors that are stored now. */
  with(options: BindOptions): ServedModel {
    return new ServedModel(this.info, this.model, options);
  }

  /** The model at work on `graph`; binds where the graph is another one than the last time. */
  on(graph: Graph): Ranker {
    if (this.#bound?.graph !== graph) {
      this.#bound = { graph, ranker: createRanker(this.info, this.model, graph, this.options) };
    }
    return this.#bound.ranker;
  }
}
