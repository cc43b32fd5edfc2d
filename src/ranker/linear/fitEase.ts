import { DomainError } from "../../errors.ts";
import { type BinaryMatrix, countUsers, multiplyByItems, multiplyByUsers } from "./BinaryMatrix.ts";
import type { ItemSimilarity } from "./ItemSimilarity.ts";
import { invertPositive } from "./invertPositive.ts";

/** Above this order one inversion takes more than about six minutes and 3 GB. */
const LARGEST_INVERSE = 14_000;

/** Rows of B that are kept; beyond it a row is computed each time. */
const CACHE_BYTES = 1.2e9;

/**
 * Fits EASE by whichever inverse is smaller: items × items, or users × users through Woodbury's identity. The
 * ridge of item j is d_j = λ + emphasis·|users of j|; with an emphasis it is EDLAE.
 */
export function fitEase(x: BinaryMatrix, lambda: number, emphasis = 0): ItemSimilarity {
  assertInvertible(x);
  return x.users < x.items ? fitEaseByUsers(x, lambda, emphasis) : fitEaseByItems(x, lambda, emphasis);
}

/** Fits EASE from P = (XᵀX + D)⁻¹, items × items, which becomes B in place. */
export function fitEaseByItems(x: BinaryMatrix, lambda: number, emphasis = 0): ItemSimilarity {
  const { items } = x;
  const matrix = multiplyByItems(x);
  const ridges = makeRidges(x, lambda, emphasis);
  for (let item = 0; item < items; item++) matrix[item * items + item] += ridges[item];
  invertPositive(matrix, items);
  const factors = Float64Array.from({ length: items }, (_, item) => -1 / matrix[item * items + item]);
  for (let item = 0; item < items; item++) {
    for (let other = 0; other < items; other++) matrix[item * items + other] *= factors[other];
    matrix[item * items + item] = 0;
  }
  return {
    addRow(item, weight, out) {
      const start = item * items;
      for (let other = 0; other < items; other++) out[other] += weight * matrix[start + other];
    },
  };
}

/**
 * Fits EASE from M = (XD⁻¹Xᵀ + I)⁻¹, users × users: by Woodbury P = D⁻¹ − D⁻¹XᵀMXD⁻¹. A row of B is made when it
 * is first asked for: M times the item's users, then one pass over the interactions.
 */
export function fitEaseByUsers(x: BinaryMatrix, lambda: number, emphasis = 0): ItemSimilarity {
  const { users, items } = x;
  const ridges = makeRidges(x, lambda, emphasis);
  const inverse = multiplyByUsers(
    x,
    ridges.map((ridge) => 1 / ridge),
  );
  for (let user = 0; user < users; user++) inverse[user * users + user]++;
  invertPositive(inverse, users);
  const fitted = { inverse, ridges, diagonal: readDiagonal(x, inverse, ridges) };
  const rows: (Float32Array | undefined)[] = new Array(items);
  let free = Math.floor(CACHE_BYTES / (4 * items));
  const cached = (item: number): Float32Array => {
    const known = rows[item];
    if (known) return known;
    const row = makeRow(x, fitted, item);
    if (free-- > 0) rows[item] = row;
    return row;
  };
  return {
    addRow(item, weight, out) {
      const row = cached(item);
      for (let other = 0; other < items; other++) out[other] += weight * row[other];
    },
  };
}

/** D = λ + emphasis·|users|, one number per item. */
function makeRidges(x: BinaryMatrix, lambda: number, emphasis: number): Float64Array {
  return countUsers(x).map((users) => lambda + emphasis * users);
}

/** d_j·P_jj = 1 − Σ over pairs of users of item j of M / d_j. */
function readDiagonal(
  { users, items, columnOffsets, columnUsers }: BinaryMatrix,
  inverse: Float64Array,
  ridges: Float64Array,
): Float64Array {
  return Float64Array.from({ length: items }, (_, item) => {
    let sum = 0;
    for (let a = columnOffsets[item]; a < columnOffsets[item + 1]; a++) {
      const row = columnUsers[a] * users;
      for (let b = columnOffsets[item]; b < columnOffsets[item + 1]; b++)
        sum += inverse[row + columnUsers[b]];
    }
    return 1 - sum / ridges[item];
  });
}

/** What the rows of B are made of: M, D, and d_j·P_jj. */
interface FittedByUsers {
  readonly inverse: Float64Array;
  readonly ridges: Float64Array;
  readonly diagonal: Float64Array;
}

/** Row of B: −P_ij / P_jj off the diagonal; d_j cancels. */
function makeRow(x: BinaryMatrix, { inverse, ridges, diagonal }: FittedByUsers, item: number): Float32Array {
  const { users, items, rowOffsets, rowItems, columnOffsets, columnUsers } = x;
  const reached = new Float64Array(users);
  for (let at = columnOffsets[item]; at < columnOffsets[item + 1]; at++) {
    const start = columnUsers[at] * users;
    for (let user = 0; user < users; user++) reached[user] += inverse[start + user];
  }
  const sums = new Float64Array(items);
  for (let user = 0; user < users; user++) {
    const value = reached[user];
    for (let at = rowOffsets[user]; at < rowOffsets[user + 1]; at++) sums[rowItems[at]] += value;
  }
  const row = new Float32Array(items);
  for (let other = 0; other < items; other++) row[other] = sums[other] / (ridges[item] * diagonal[other]);
  row[item] = 0;
  return row;
}

/** @throws {DomainError} UNAVAILABLE where the smaller side of the matrix is too large to invert */
export function assertInvertible({ users, items }: BinaryMatrix): void {
  const order = Math.min(users, items);
  if (order <= LARGEST_INVERSE) return;
  throw new DomainError(
    "UNAVAILABLE",
    `EASE needs the inverse of a matrix of order ${order}; expected at most ${LARGEST_INVERSE} users or items`,
  );
}
