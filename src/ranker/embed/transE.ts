import { manhattan } from "./manhattan.ts";
import type { TripleScorer } from "./types.ts";

/**
 * TransE: a relation moves the head to the tail, score = −‖h + r − t‖₁.
 * @see Bordes et al. 2013
 */
export const transE: TripleScorer = {
  name: "transe",
  comparison: manhattan,
  isDistance: true,
  relationBound: null,
  relationWidth: (dimension) => dimension,
  makeQuery(side, { entity, relation }, query) {
    const sign = side === "TAIL" ? 1 : -1; // the head of a tail lies a step back
    for (let index = 0; index < query.length; index++) query[index] = entity[index] + sign * relation[index];
  },
  addQueryGradient(side, _known, { query, entity, relation }) {
    const sign = side === "TAIL" ? 1 : -1;
    for (let index = 0; index < query.length; index++) {
      entity[index] += query[index];
      relation[index] += sign * query[index];
    }
  },
};
