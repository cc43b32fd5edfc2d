import type { Revision } from "../kg/types.ts";
import type { Gates } from "./gates.ts";
import type { Shape } from "./shape.ts";
import type { VectorSpace } from "./spaces.ts";
import type { FactorConfig } from "./train/factors/FactorConfig.ts";

/** One item–item kernel and its share of a behaviour source. */
export interface KernelConfig {
  readonly kind: "cosine" | "walk" | "ease" | "next";
  /** Exponent of the item popularity discount at both ends, for all but `ease`; ¼ is the usual choice. */
  readonly discount?: number;
  /** Weight of ridge regularisation, for `ease`. */
  readonly ridge?: number;
  /** Share of an item's users that is added to its ridge, for `ease`. */
  readonly emphasis?: number;
  /** Weight within its source; each kernel's largest entry of a row is 1 on average. */
  readonly share: number;
}

/** One behaviour signal: a mix of kernels under one recency. */
export interface SourceConfig {
  readonly name: string;
  readonly kernels: readonly KernelConfig[];
  /** Overrides the history's own half-life. */
  readonly halfLife?: number | null;
}

/**
 * How the three signals are fused. `static`: one learned shape per group of paths. `dynamic`: attention gates
 * weigh each path by the user's profile. `collaborative`: the embeddings behind the gates are trained jointly
 * with the graph and the text.
 */
export type Fusion = "static" | "dynamic" | "collaborative";
export const FUSIONS: readonly Fusion[] = ["static", "dynamic", "collaborative"];

/** Choices of the model that training searches over; part of the model's digest. */
export interface ModelConfig {
  readonly fusion: Fusion;
  /** `linear`: every shape is a plain weight. */
  readonly shape: "linear" | "concave";
  /**
   * `learned`: the likelihood gives each relation a weight of its own. `balanced`: it gives all the same, and each is
   * then moved where that lifts nDCG, which takes fewer data and lets a relation speak that is seldom right.
   */
  readonly relations: "learned" | "balanced";
  readonly sources: readonly SourceConfig[];
  /** Factors learned of behaviour beside the sources; null for none. */
  readonly factors: FactorConfig | null;
  /** Neighbours kept per item and source. */
  readonly neighbours: number;
  /** History items after which an older interaction counts half; null counts all alike. */
  readonly halfLife: number | null;
  /** Exponent of the degree discount of the entity in the middle of a path. */
  readonly entityDiscount: number;
  /** Exponent of the degree discount of the items at both ends of a path. */
  readonly itemDiscount: number;
  /** Weight of paths that first step to an item which others with the same history liked; 0 walks none. */
  readonly reach: number;
  /** Newest history items that are scored from. */
  readonly maxHistory: number;
  /** Bits per stored similarity and vector element; 8 makes a smaller file and a slightly different model. */
  readonly bits: 32 | 8;
}

export const DEFAULT_CONFIG: ModelConfig = {
  fusion: "static",
  shape: "linear",
  relations: "learned",
  sources: [{ name: "co-interaction", kernels: [{ kind: "cosine", discount: 0.25, share: 1 }] }],
  factors: null,
  neighbours: 300,
  halfLife: 10,
  entityDiscount: 0.5,
  itemDiscount: 0.5,
  reach: 0,
  maxHistory: 1000,
  bits: 32,
};

/** What training learned of each group of paths, by the group's name; see `groups.ts`. */
export interface FusionWeights {
  readonly bias: number;
  readonly shapes: { readonly [group: string]: Shape };
  /** Of a relation that training has not seen. */
  readonly otherRelation: Shape;
}

/**
 * What training counted. The model owns the statistics (degrees, popularity, item–item weights) as of its
 * data revision, the graph owns the paths: so deleting a triple takes away exactly the paths that used it.
 * Positions 0…N−1 follow ascending entity ids.
 */
export interface Statistics {
  /** Entity ids as numbers, ascending, [N]. */
  readonly ids: Float64Array;
  /** Live triples that touched the entity, [N]. */
  readonly degree: Uint32Array;
  /** Interactions with the entity, [N]. */
  readonly popularity: Uint32Array;
  /** Those of them that are in the newest tenth of their user's history, [N]; 0 where no times are known. */
  readonly recent: Uint32Array;
}

/** Item–item weights of one behaviour source, by position. */
export interface NeighbourLists {
  /** CSR over positions: neighbours of position p are at offsets[p]…offsets[p+1], ascending, [N + 1]. */
  readonly offsets: Uint32Array;
  readonly neighbour: Uint32Array;
  /** "Who did j also did i." */
  readonly similarity: Float32Array;
}

export interface Model {
  readonly config: ModelConfig;
  readonly weights: FusionWeights;
  readonly statistics: Statistics;
  /** In the order of `config.sources`. */
  readonly sources: readonly NeighbourLists[];
  /** What the co-interaction kernel is multiplied with: live counts are weighed like it. */
  readonly liveScale: number;
  /** Text, and vector sets that came from elsewhere. */
  readonly spaces: readonly VectorSpace[];
  /** Null under static fusion. */
  readonly gates: Gates | null;
}

/** A model with everything that is stored beside it. */
export interface FittedModel {
  readonly model: Model;
  readonly metrics: { readonly [key: string]: number };
  readonly dataRevision: Revision;
  readonly interactions: number;
}

/**
 * What users did, as the trainer reads it: CSR over users, oldest first.
 * `item` holds entity indices of the graph. `ordered` is false where no times are known.
 */
export interface Histories {
  /** [U + 1] */
  readonly offsets: Int32Array;
  readonly item: Int32Array;
  readonly ordered: boolean;
}
