import { DomainError } from "../../../errors.ts";
import type { RankedModel } from "../types.ts";

/** Ranks items by the cosine of their text to the mean text of the history, all history items alike. */
export const textOnly: RankedModel = {
  name: "text",
  seeded: false,
  async fit({ vectors }) {
    if (!vectors) {
      throw new DomainError("UNAVAILABLE", "the items have no vectors; expected a file of them by --vectors");
    }
    const { dim, values } = vectors;
    const unit = normaliseRows(values, dim);
    return {
      chosen: { vectors: vectors.name },
      score(_user, { items }, out) {
        const profile = new Float64Array(dim);
        for (const item of items) for (let k = 0; k < dim; k++) profile[k] += unit[item * dim + k];
        for (let item = 0; item < out.length; item++) {
          let dot = 0;
          for (let k = 0; k < dim; k++) dot += profile[k] * unit[item * dim + k];
          out[item] = dot;
        }
      },
    };
  },
};

/** Rows of length 1; a row of zeros stays. */
function normaliseRows(values: Float32Array, dim: number): Float64Array {
  const unit = Float64Array.from(values);
  for (let start = 0; start < unit.length; start += dim) {
    let square = 0;
    for (let k = 0; k < dim; k++) square += unit[start + k] ** 2;
    if (square > 0) for (let k = 0; k < dim; k++) unit[start + k] /= Math.sqrt(square);
  }
  return unit;
}
