import type { Comparison } from "./types.ts";

/** Compares by the dot product: Σ q·e. */
export const dotProduct: Comparison = {
  compare(query, table, at) {
    let sum = 0;
    for (let index = 0; index < query.length; index++) sum += query[index] * table[at + index];
    return sum;
  },
  addGradient(weight, { query, table, at }, to) {
    for (let index = 0; index < query.length; index++) {
      to.query[index] += weight * table[at + index];
      to.table[to.at + index] += weight * query[index];
    }
  },
};
