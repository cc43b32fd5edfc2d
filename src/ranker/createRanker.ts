import type { Graph } from "../kg/types.ts";
import { type BindOptions, type BoundModel, bindModel } from "./bindModel.ts";
import { makeDamping } from "./damping.ts";
import { explainItem } from "./explainItem.ts";
import type { Model } from "./model.ts";
import { type RankedItem, type RankOptions, rank } from "./rank.ts";
import { removeTriples } from "./removeTriples.ts";
import { scorePopularity } from "./score.ts";
import { collectSignals, type Signals } from "./signals.ts";
import { versionsOf } from "./spaces.ts";
import type { DampedReason, ModelInfo, ScoredItem } from "./types.ts";

/** A fitted model at work on one graph. All of it is synchronous: one answer sees one state of the graph. */
export interface Ranker {
  readonly info: ModelInfo;
  /** Versions of the vector sets that it is bound with, in words that only compare; null for none. */
  readonly vectors: string | null;
  /** `history` holds entity indices, newest first; `ordered` is false where no times are known. `less` is what the user wants less of. */
  collect(history: readonly number[], ordered: boolean, less?: readonly DampedReason[]): Signals;
  rank(signals: Signals, options: RankOptions): RankedItem[];
  explain(signals: Signals, item: number, limit: number): ScoredItem;
  /** Change of an item's score were these triples (ids as numbers) gone. */
  removeTriples(signals: Signals, item: number, gone: ReadonlySet<number>): number;
  /** Items by interactions, most first, as of the model. */
  readonly popular: ArrayLike<number>;
  interactionsOf(item: number): number;
  /** b0, which every score has. */
  readonly bias: number;
  /** ω_I, the weight of popularity. */
  readonly popularityWeight: number;
  /** The popularity part of one item's score. */
  popularityScore(item: number): number;
}

/** Puts `model` to work on `graph`; bind again when the graph was loaded anew. */
export function createRanker(info: ModelInfo, model: Model, graph: Graph, options?: BindOptions): Ranker {
  const bound: BoundModel = bindModel(model, graph, options);
  return {
    info,
    vectors: versionsOf(options?.vectors),
    bias: bound.bias,
    collect: (history, ordered, less = []) =>
      collectSignals(bound, graph, history, { ordered, damping: makeDamping(less) }),
    rank,
    explain: explainItem,
    removeTriples,
    popular: bound.popular,
    interactionsOf: bound.interactionsOf,
    popularityWeight: bound.weightOf("ITEM"),
    popularityScore: (item) => scorePopularity(bound, item),
  };
}
