import { bend, slope } from "./bend.ts";
import { openGate } from "./openGate.ts";
import type { FusedPaths, PathBatch, PathParameters } from "./types.ts";

/**
 * Scores a batch and shares each score among its paths, with loops over typed arrays.
 * Sums are kept in float64; beside the answer it takes room for one row. Cost: N·d.
 * @throws {RangeError} where the paths of a row do not stand together
 */
export function fusePathsArrays(batch: PathBatch, parameters: PathParameters): FusedPaths {
  const { rows, row, group, mass } = batch;
  const count = row.length;
  const score = new Float64Array(rows).fill(parameters.bias);
  const gate = new Float64Array(count);
  const contribution = new Float64Array(count);
  const gateOf = openGate(batch, parameters);
  const masses = new Float64Array(parameters.offset.length); // z of the row's groups
  const shares = new Float64Array(masses.length); // f(z)/z
  for (let first = 0, end = 0; first < count; first = end) {
    const r = row[first];
    assertRow(batch, first);
    for (end = first; end < count && row[end] === r; end++) {
      gate[end] = gateOf(end);
      masses[group[end]] += contribution[end] = gate[end] * mass[end];
      shares[group[end]] = Number.NaN;
    }
    for (let path = first; path < end; path++) {
      const g = group[path];
      if (Number.isNaN(shares[g])) {
        const whole = bend(parameters, g, masses[g]);
        score[r] += whole;
        shares[g] = masses[g] === 0 ? slope(parameters, g, 0) : whole / masses[g];
      }
      contribution[path] *= shares[g];
    }
    for (let path = first; path < end; path++) masses[group[path]] = 0;
  }
  return { score, gate, contribution };
}

function assertRow({ row, rows }: PathBatch, path: number): void {
  const before = path > 0 ? row[path - 1] : -1;
  if (row[path] > before && row[path] < rows) return;
  const expected = `rows in their order, 0 to ${rows - 1}, the paths of each together`;
  throw new RangeError(`path ${path} is of row ${row[path]} after row ${before}; expected ${expected}`);
}
