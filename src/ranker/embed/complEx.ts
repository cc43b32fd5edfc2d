import { assertEven } from "./assertEven.ts";
import { dotProduct } from "./dotProduct.ts";
import type { TripleScorer } from "./types.ts";

/**
 * ComplEx: complex vectors, score = Re Σ h·r·t̄. The query for a tail is h·r, for a head r̄·t. The first half of
 * a vector holds the real parts, the second the imaginary ones.
 * @see Trouillon et al. 2016
 */
export const complEx: TripleScorer = {
  name: "complex",
  comparison: dotProduct,
  isDistance: false,
  relationBound: null,
  relationWidth(dimension) {
    assertEven("complex", dimension);
    return dimension;
  },
  makeQuery(side, { entity, relation }, query) {
    const half = query.length / 2;
    const sign = side === "TAIL" ? 1 : -1; // of the relation's imaginary part
    for (let real = 0; real < half; real++) {
      const imaginary = half + real;
      const turn = sign * relation[imaginary];
      query[real] = entity[real] * relation[real] - entity[imaginary] * turn;
      query[imaginary] = entity[real] * turn + entity[imaginary] * relation[real];
    }
  },
  addQueryGradient(side, known, { query, entity, relation }) {
    const half = query.length / 2;
    const sign = side === "TAIL" ? 1 : -1;
    for (let real = 0; real < half; real++) {
      const imaginary = half + real;
      const turn = sign * known.relation[imaginary];
      const [slopeReal, slopeImaginary] = [query[real], query[imaginary]];
      entity[real] += slopeReal * known.relation[real] + slopeImaginary * turn;
      entity[imaginary] += slopeImaginary * known.relation[real] - slopeReal * turn;
      relation[real] += slopeReal * known.entity[real] + slopeImaginary * known.entity[imaginary];
      relation[imaginary] +=
        sign * (slopeImaginary * known.entity[real] - slopeReal * known.entity[imaginary]);
    }
  },
};
