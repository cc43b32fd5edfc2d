import type { Comparison } from "./types.ts";

/**
 * Compares complex vectors by the sum of the moduli of their difference: −Σ |q − e|. The first half of a
 * vector holds the real parts, the second the imaginary ones; where q = e the gradient is 0.
 */
export const modulus: Comparison = {
  compare(query, table, at) {
    const half = query.length / 2;
    let sum = 0;
    for (let index = 0; index < half; index++) {
      const real = query[index] - table[at + index];
      const imaginary = query[half + index] - table[at + half + index];
      sum += Math.sqrt(real * real + imaginary * imaginary);
    }
    return -sum;
  },
  addGradient(weight, { query, table, at }, to) {
    const half = query.length / 2;
    for (let index = 0; index < half; index++) {
      const real = query[index] - table[at + index];
      const imaginary = query[half + index] - table[at + half + index];
      const length = Math.sqrt(real * real + imaginary * imaginary);
      if (length === 0) continue;
      const scale = weight / length;
      to.query[index] -= scale * real;
      to.query[half + index] -= scale * imaginary;
      to.table[to.at + index] += scale * real;
      to.table[to.at + half + index] += scale * imaginary;
    }
  },
};
