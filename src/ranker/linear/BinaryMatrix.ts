/** Rows of items per user: user u owns positions offsets[u] … offsets[u + 1] − 1. */
export interface ItemRows {
  /** [users + 1] */
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

/** A users × items matrix of ones, compressed by row and by column; indices ascend within each. */
export interface BinaryMatrix {
  readonly users: number;
  readonly items: number;
  /** Row u holds rowItems[rowOffsets[u]] … [rowOffsets[u + 1] − 1]. */
  readonly rowOffsets: Int32Array;
  readonly rowItems: Int32Array;
  /** Column i holds columnUsers[columnOffsets[i]] …. */
  readonly columnOffsets: Int32Array;
  readonly columnUsers: Int32Array;
}

/** Makes the matrix "user u has item i" of the rows; a repeated pair counts once. */
export function makeBinaryMatrix(rows: ItemRows, items: number): BinaryMatrix {
  const users = rows.offsets.length - 1;
  const rowOffsets = new Int32Array(users + 1);
  const rowItems = new Int32Array(rows.items.length);
  let size = 0;
  for (let user = 0; user < users; user++) {
    const sorted = rows.items.slice(rows.offsets[user], rows.offsets[user + 1]).sort();
    for (let at = 0; at < sorted.length; at++)
      if (at === 0 || sorted[at] !== sorted[at - 1]) rowItems[size++] = sorted[at];
    rowOffsets[user + 1] = size;
  }
  const packed = rowItems.subarray(0, size);
  const columnOffsets = new Int32Array(items + 1);
  for (const item of packed) columnOffsets[item + 1]++;
  for (let item = 0; item < items; item++) columnOffsets[item + 1] += columnOffsets[item];
  const columnUsers = new Int32Array(size);
  const next = columnOffsets.slice(0, items);
  for (let user = 0; user < users; user++) {
    for (let at = rowOffsets[user]; at < rowOffsets[user + 1]; at++) columnUsers[next[packed[at]]++] = user;
  }
  return { users, items, rowOffsets, rowItems: packed, columnOffsets, columnUsers };
}

/** Counts the users of each item. */
export function countUsers({ items, columnOffsets }: BinaryMatrix): Float64Array {
  return Float64Array.from({ length: items }, (_, item) => columnOffsets[item + 1] - columnOffsets[item]);
}

/** Computes XᵀX [items, items], the number of users that two items share; dense, row-major. */
export function multiplyByItems(x: BinaryMatrix): Float64Array {
  return sumPairs({ offsets: x.rowOffsets, members: x.rowItems, size: x.items });
}

/** Computes X·diag(weights)·Xᵀ [users, users], the weight of the items that two users share; dense, row-major. */
export function multiplyByUsers(x: BinaryMatrix, weights: Float64Array): Float64Array {
  return sumPairs({ offsets: x.columnOffsets, members: x.columnUsers, size: x.users }, weights);
}

interface Groups {
  readonly offsets: Int32Array;
  readonly members: Int32Array;
  /** One past the largest member. */
  readonly size: number;
}

/** Sums over the groups, one weight each, that two members share. */
function sumPairs({ offsets, members, size }: Groups, weights?: Float64Array): Float64Array {
  const gram = new Float64Array(size * size);
  for (let group = 0; group + 1 < offsets.length; group++) {
    const weight = weights ? weights[group] : 1;
    for (let a = offsets[group]; a < offsets[group + 1]; a++) {
      const row = members[a] * size;
      for (let b = offsets[group]; b < offsets[group + 1]; b++) gram[row + members[b]] += weight;
    }
  }
  return gram;
}
