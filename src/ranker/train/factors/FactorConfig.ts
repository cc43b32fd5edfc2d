/** Settings of the factors' training. */
export interface FactorConfig {
  /**
   * What is asked for: `left-out`, items drawn from the whole history; `next`, what came after a random cut, the
   * nearest most; `later`, what came some time after the cut, as where a model answers long after it was fitted. The last
   * two need histories in order.
   */
  readonly ask: "left-out" | "next" | "later";
  /** History items after which an older one counts half; null counts all alike. */
  readonly halfLife: number | null;
  /** Numbers per item and head. */
  readonly dim: number;
  /** Trainings from different starts whose scores are averaged. */
  readonly heads: number;
  readonly steps: number;
  /** Histories per step. */
  readonly batch: number;
  /** Highest learning rate; it warms up and falls by a cosine. */
  readonly rate: number;
  /** Decoupled weight decay. */
  readonly decay: number;
}

export const DEFAULT_FACTORS: FactorConfig = {
  ask: "left-out",
  halfLife: null,
  dim: 64,
  heads: 1,
  steps: 480,
  batch: 256,
  rate: 0.01,
  decay: 1,
};
