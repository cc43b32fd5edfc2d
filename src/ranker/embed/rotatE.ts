import { assertEven } from "./assertEven.ts";
import { modulus } from "./modulus.ts";
import type { TripleScorer } from "./types.ts";

/**
 * RotatE: a relation turns each complex number of the head, score = −Σ |h·e^{iθ} − t|; a relation is its D / 2
 * angles in radians. The query for a head is t turned back, which is as far from h.
 * @see Sun et al. 2019
 */
export const rotatE: TripleScorer = {
  name: "rotate",
  comparison: modulus,
  isDistance: true,
  relationBound: Math.PI,
  relationWidth(dimension) {
    assertEven("rotate", dimension);
    return dimension / 2;
  },
  makeQuery(side, { entity, relation }, query) {
    const half = query.length / 2;
    const sign = side === "TAIL" ? 1 : -1;
    for (let real = 0; real < half; real++) {
      const imaginary = half + real;
      const cosine = Math.cos(relation[real]);
      const sine = sign * Math.sin(relation[real]);
      query[real] = entity[real] * cosine - entity[imaginary] * sine;
      query[imaginary] = entity[real] * sine + entity[imaginary] * cosine;
    }
  },
  addQueryGradient(side, known, { query, entity, relation }) {
    const half = query.length / 2;
    const sign = side === "TAIL" ? 1 : -1;
    for (let real = 0; real < half; real++) {
      const imaginary = half + real;
      const cosine = Math.cos(known.relation[real]);
      const sine = sign * Math.sin(known.relation[real]);
      const [slopeReal, slopeImaginary] = [query[real], query[imaginary]];
      entity[real] += slopeReal * cosine + slopeImaginary * sine;
      entity[imaginary] += slopeImaginary * cosine - slopeReal * sine;
      // ∂/∂θ of a number turned by ±θ is ±i times it
      const turnedReal = known.entity[real] * cosine - known.entity[imaginary] * sine;
      const turnedImaginary = known.entity[real] * sine + known.entity[imaginary] * cosine;
      relation[real] += sign * (slopeImaginary * turnedReal - slopeReal * turnedImaginary);
    }
  },
};
