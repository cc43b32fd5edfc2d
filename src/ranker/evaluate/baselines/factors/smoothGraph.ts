import type { BinaryMatrix } from "../../../linear/BinaryMatrix.ts";

/** Vectors of users and items, [users, size] and [items, size]. */
export interface Vectors {
  readonly user: Float32Array;
  readonly item: Float32Array;
}

/**
 * Makes the smoothing of LightGCN: E ↦ (E + ÂE + … + ÂᴸE) / (L + 1) with Â_ui = 1 / √(|items of u|·|users of i|)
 * between users and items. It is linear and symmetric, so the same function carries vectors forward and
 * gradients back. Cost: 2·L·interactions·size multiply-adds.
 * @see https://arxiv.org/abs/2002.02126 equations 3, 4 and 8
 */
export function makeSmoothing(
  x: BinaryMatrix,
  size: number,
  layers: number,
): (from: Vectors, to: Vectors) => void {
  const rootOf = (offsets: Int32Array) =>
    Float64Array.from({ length: offsets.length - 1 }, (_, at) => {
      const degree = offsets[at + 1] - offsets[at];
      return degree > 0 ? 1 / Math.sqrt(degree) : 0;
    });
  const [users, items] = [rootOf(x.rowOffsets), rootOf(x.columnOffsets)];
  const make = (): Vectors => ({
    user: new Float32Array(x.users * size),
    item: new Float32Array(x.items * size),
  });
  const scratch = [make(), make()];
  return (from, to) => {
    to.user.set(from.user);
    to.item.set(from.item);
    for (let layer = 0, last = from; layer < layers; layer++) {
      const next = scratch[layer % 2];
      gather({ offsets: x.rowOffsets, members: x.rowItems, own: users, other: items }, last.item, next.user);
      gather(
        { offsets: x.columnOffsets, members: x.columnUsers, own: items, other: users },
        last.user,
        next.item,
      );
      add(next.user, to.user);
      add(next.item, to.item);
      last = next;
    }
    scale(to.user, 1 / (layers + 1));
    scale(to.item, 1 / (layers + 1));
  };
}

interface Side {
  readonly offsets: Int32Array;
  readonly members: Int32Array;
  /** degree^−½ of the rows that are written, and of those that are read. */
  readonly own: Float64Array;
  readonly other: Float64Array;
}

/** Writes the weighted sums of the members' vectors, four members at a time: half the time of one by one. */
function gather({ offsets, members, own, other }: Side, from: Float32Array, to: Float32Array): void {
  const size = to.length / own.length;
  const sum = new Float64Array(size);
  for (let row = 0; row < own.length; row++) {
    sum.fill(0);
    let at = offsets[row];
    for (const end = offsets[row + 1] - 3; at < end; at += 4) {
      const [a, b, c, d] = [members[at], members[at + 1], members[at + 2], members[at + 3]];
      const [wa, wb, wc, wd] = [other[a], other[b], other[c], other[d]];
      for (
        let k = 0, i = a * size, j = b * size, m = c * size, n = d * size;
        k < size;
        k++, i++, j++, m++, n++
      ) {
        sum[k] += wa * from[i] + wb * from[j] + wc * from[m] + wd * from[n];
      }
    }
    for (; at < offsets[row + 1]; at++) {
      const weight = other[members[at]];
      for (let k = 0, i = members[at] * size; k < size; k++, i++) sum[k] += weight * from[i];
    }
    for (let k = 0, i = row * size; k < size; k++, i++) to[i] = own[row] * sum[k];
  }
}

function add(from: Float32Array, to: Float32Array): void {
  for (let at = 0; at < to.length; at++) to[at] += from[at];
}

function scale(vectors: Float32Array, factor: number): void {
  for (let at = 0; at < vectors.length; at++) vectors[at] *= factor;
}
