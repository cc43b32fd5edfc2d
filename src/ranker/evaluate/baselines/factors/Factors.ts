import type { UserScorer } from "../../types.ts";

/** What a factor model has learned: one vector of `size` numbers per user and per item. */
export interface Factors {
  readonly size: number;
  /** [users, size] */
  readonly user: Float32Array;
  /** [items, size] */
  readonly item: Float32Array;
  /** Added to every score of the item, [items]; null where the model has none. */
  readonly bias: Float32Array | null;
}

/** Makes a scorer of score(i) = bias_i + ⟨p_u, q_i⟩ with the vector that was learned of the user. */
export function makeFactorScorer(factors: Factors, chosen: UserScorer["chosen"]): UserScorer {
  const { size, user: vectors } = factors;
  return {
    chosen,
    score: (user, _history, out) => addScores(factors, vectors.subarray(user * size, (user + 1) * size), out),
  };
}

/** Adds bias_i + ⟨p, q_i⟩ to `out` [items]. */
export function addScores(
  { size, item, bias }: Factors,
  p: Float32Array | Float64Array,
  out: Float64Array,
): void {
  for (let i = 0; i < out.length; i++) {
    let [even, odd] = [bias ? bias[i] : 0, 0]; // two sums, so that an addition need not wait for the one before
    for (let c = 0, at = i * size; c < size; c += 2) {
      even += p[c] * item[at + c];
      odd += p[c + 1] * item[at + c + 1];
    }
    out[i] += even + odd;
  }
}

/** Draws a matrix of normal numbers (Box–Muller) with the deviation given. */
export function drawNormal(length: number, deviation: number, random: () => number): Float32Array {
  return Float32Array.from({ length }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return deviation * radius * Math.cos(2 * Math.PI * random());
  });
}
