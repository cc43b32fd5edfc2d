import type { BinaryMatrix } from "../../../linear/BinaryMatrix.ts";

/** A user, an item of theirs, and one that is not. */
export interface Triplet {
  user: number;
  positive: number;
  negative: number;
}

/**
 * Makes a sampler for pairwise losses: it draws an interaction uniformly and an item that its user does not have,
 * uniformly too, and writes them into `into`. A user who has every item is never drawn.
 */
export function makeTripletSampler(x: BinaryMatrix, random: () => number): (into: Triplet) => void {
  const userOf = new Int32Array(x.rowItems.length);
  let usable = 0;
  for (let user = 0; user < x.users; user++) {
    userOf.fill(user, x.rowOffsets[user], x.rowOffsets[user + 1]);
    const count = x.rowOffsets[user + 1] - x.rowOffsets[user];
    if (count < x.items) usable += count;
  }
  if (usable === 0) throw new RangeError("no user lacks an item; expected something to sample");
  return (into) => {
    let place: number;
    do {
      place = Math.floor(random() * userOf.length);
      into.user = userOf[place];
    } while (x.rowOffsets[into.user + 1] - x.rowOffsets[into.user] === x.items);
    into.positive = x.rowItems[place];
    do into.negative = Math.floor(random() * x.items);
    while (hasItem(x, into.user, into.negative));
  };
}

/** Tells whether a user has an item, by halving the user's ascending row. */
export function hasItem({ rowOffsets, rowItems }: BinaryMatrix, user: number, item: number): boolean {
  let low = rowOffsets[user];
  let high = rowOffsets[user + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rowItems[middle] < item) low = middle + 1;
    else high = middle;
  }
  return low < rowOffsets[user + 1] && rowItems[low] === item;
}
