import type { Graph } from "../kg/types.ts";
import type { LiveCounts } from "../ranker/behaviour/LiveCounts.ts";
import type { BindOptions } from "../ranker/bindModel.ts";
import { createRanker, type Ranker } from "../ranker/createRanker.ts";
import type { Model } from "../ranker/model.ts";
import { versionsOf } from "../ranker/spaces.ts";
import type { ModelInfo } from "../ranker/types.ts";

/** A model in memory, bound to the graph that was asked for last. */
export class ServedModel {
  #bound: { readonly graph: Graph; readonly ranker: Ranker } | null = null;

  /** Versions of the vector sets that it is bound with, as of `Ranker`. */
  readonly vectors: string | null;

  constructor(
    readonly info: ModelInfo,
    readonly model: Model,
    private readonly options: BindOptions = {},
  ) {
    this.vectors = versionsOf(options.vectors);
  }

  /** The same model with the vectors that are stored now. */
  with(options: BindOptions): ServedModel {
    return new ServedModel(this.info, this.model, options);
  }

  /** The model at work on a graph of one's own; what is bound to the live one stays so. */
  apart(graph: Graph, counts?: LiveCounts): Ranker {
    const live = counts === undefined ? this.options.live : () => counts;
    return createRanker(this.info, this.model, graph, { ...this.options, live });
  }

  /** The model at work on `graph`; binds where the graph is another one than the last time. */
  on(graph: Graph): Ranker {
    if (this.#bound?.graph !== graph) {
      this.#bound = { graph, ranker: createRanker(this.info, this.model, graph, this.options) };
    }
    return this.#bound.ranker;
  }
}
