import type { Comparison } from "./types.ts";

/** Compares by the Manhattan distance: −Σ |q − e|; where q = e the gradient is 0. */
export const manhattan: Comparison = {
  compare(query, table, at) {
    let sum = 0;
    for (let index = 0; index < query.length; index++) sum += Math.abs(query[index] - table[at + index]);
    return -sum;
  },
  addGradient(weight, { query, table, at }, to) {
    for (let index = 0; index < query.length; index++) {
      const slope = weight * Math.sign(query[index] - table[at + index]);
      to.query[index] -= slope;
      to.table[to.at + index] += slope;
    }
  },
};
