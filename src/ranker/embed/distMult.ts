import { dotProduct } from "./dotProduct.ts";
import type { TripleScorer } from "./types.ts";

/**
 * DistMult: a relation weighs the dimensions, score = Σ h·r·t; it cannot tell head from tail.
 * @see Yang et al. 2015
 */
export const distMult: TripleScorer = {
  name: "distmult",
  comparison: dotProduct,
  isDistance: false,
  relationBound: null,
  relationWidth: (dimension) => dimension,
  makeQuery(_side, { entity, relation }, query) {
    for (let index = 0; index < query.length; index++) query[index] = entity[index] * relation[index];
  },
  addQueryGradient(_side, known, { query, entity, relation }) {
    for (let index = 0; index < query.length; index++) {
      entity[index] += query[index] * known.relation[index];
      relation[index] += query[index] * known.entity[index];
    }
  },
};
