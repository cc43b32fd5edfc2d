import type { UserScorer } from "../../types.ts";
import { addScores, type Factors } from "./Factors.ts";
import type { Recency } from "./factorModel.ts";

/**
 * Makes a scorer whose user vector is (1 − blend)·p_u + blend·v, where v is the recency-weighted mean of the
 * history's item vectors, stretched to the length of p_u so that an item's bias keeps its say.
 */
export function blendRecency(factors: Factors, { halfLife, blend }: Recency): UserScorer {
  const { size, user: users, item: vectors } = factors;
  const mixed = new Float32Array(size);
  return {
    chosen: {},
    score(user, { items }, out) {
      mixed.fill(0);
      for (let at = 0; at < items.length; at++) {
        const weight = 2 ** (-(items.length - 1 - at) / halfLife);
        for (let c = 0; c < size; c++) mixed[c] += weight * vectors[items[at] * size + c];
      }
      const own = users.subarray(user * size, (user + 1) * size);
      const length = measureLength(mixed);
      const stretch = length > 0 ? measureLength(own) / length : 0;
      for (let c = 0; c < size; c++) mixed[c] = (1 - blend) * own[c] + blend * stretch * mixed[c];
      addScores(factors, mixed, out);
    },
  };
}

function measureLength(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
