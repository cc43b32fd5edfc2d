/** Which items have which middles (users who like them, facts that are true of them), compressed both ways. */
export interface Incidence {
  readonly items: number;
  readonly middles: number;
  readonly byItem: Members;
  readonly byMiddle: Members;
}

/** Owner o has members[offsets[o]] … members[offsets[o + 1] − 1]. */
export interface Members {
  readonly offsets: Int32Array;
  readonly members: Int32Array;
}

/** Makes the incidence of the pairs (item, middle), each of which comes once. O(pairs). */
export function makeIncidence(
  { items, middles }: { readonly items: number; readonly middles: number },
  itemOf: ArrayLike<number>,
  middleOf: ArrayLike<number>,
): Incidence {
  return {
    ...{ items, middles },
    byItem: listMembers(items, itemOf, middleOf),
    byMiddle: listMembers(middles, middleOf, itemOf),
  };
}

/** Counts the members of an owner. */
export function countMembers({ offsets }: Members, owner: number): number {
  return offsets[owner + 1] - offsets[owner];
}

function listMembers(owners: number, ownerOf: ArrayLike<number>, memberOf: ArrayLike<number>): Members {
  const offsets = new Int32Array(owners + 1);
  for (let at = 0; at < ownerOf.length; at++) offsets[ownerOf[at] + 1]++;
  for (let owner = 0; owner < owners; owner++) offsets[owner + 1] += offsets[owner];
  const next = offsets.slice(0, owners);
  const members = new Int32Array(ownerOf.length);
  for (let at = 0; at < ownerOf.length; at++) members[next[ownerOf[at]]++] = memberOf[at];
  return { offsets, members };
}
