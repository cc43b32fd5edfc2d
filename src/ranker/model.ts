import type { Revision } from "../kg/types.ts";

/** Choices of the model that training searches over; part of the model's digest. */
export interface ModelConfig {
  /** Which item–item kernel carries the behaviour signal. */
  readonly kernel: "cosine" | "walk" | "ease";
  /** Weight of ridge regularisation, for `ease`. */
  readonly ridge: number;
  /** Exponent of the item popularity discount, for `cosine` and `walk` (¼ on both sides is the usual choice). */
  readonly popularityDiscount: number;
  /** Weight of the next-item kernel beside the co-interaction kernel. */
  readonly next: number;
  /** Neighbours kept per item. */
  readonly neighbours: number;
  /** History items after which an older interaction counts half; null counts all alike. */
  readonly halfLife: number | null;
  /** Exponent of the degree discount of the entity in the middle of a path. */
  readonly entityDiscount: number;
  /** Exponent of the degree discount of the items at both ends of a path. */
  readonly itemDiscount: number;
  /** Newest history items that are scored from. */
  readonly maxHistory: number;
}

export const DEFAULT_CONFIG: ModelConfig = {
  kernel: "cosine",
  ridge: 200,
  popularityDiscount: 0.25,
  next: 0,
  neighbours: 300,
  halfLife: 10,
  entityDiscount: 0.5,
  itemDiscount: 0.5,
  maxHistory: 1000,
};

/** The learned fusion weights, all ≥ 0: score = bias + ω_U·F_U + ω_I·F_I + ω_K·F_K. */
export interface FusionWeights {
  readonly bias: number;
  /** ω_U, weight of behaviour: what users with the same history did. */
  readonly behaviour: number;
  /** ω_I, weight of the item's own popularity. */
  readonly item: number;
  /** ω_K, weight of the knowledge graph. */
  readonly knowledge: number;
  /** Weight within F_K of a direct triple between a history item and the scored item. */
  readonly direct: number;
  /** Weight within F_K of an entity shared over the relation, by relation key. */
  readonly relations: { readonly [relationKey: string]: number };
  /** Weight of a relation that training has not seen. */
  readonly otherRelation: number;
}

export const DEFAULT_WEIGHTS: FusionWeights = {
  bias: 0,
  behaviour: 1,
  item: 0.02,
  knowledge: 0.2,
  direct: 1,
  relations: {},
  otherRelation: 1,
};

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
  /** CSR over positions: neighbours of position p are at offsets[p]…offsets[p+1], ascending, [N + 1]. */
  readonly offsets: Uint32Array;
  readonly neighbour: Uint32Array;
  /** Item–item weight of "who did j also did i". */
  readonly similarity: Float32Array;
}

export interface Model {
  readonly config: ModelConfig;
  readonly weights: FusionWeights;
  readonly statistics: Statistics;
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
