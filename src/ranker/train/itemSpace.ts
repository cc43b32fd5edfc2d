import type { Histories } from "../model.ts";

/** Histories over the items that occur in them, renumbered 0…I−1 in ascending entity index; both ways round. */
export interface ItemSpace {
  /** Entity index of each item, ascending, [I]. */
  readonly entity: Int32Array;
  readonly users: number;
  /** CSR user → items, oldest first. */
  readonly userOffsets: Int32Array;
  readonly userItem: Int32Array;
  /** CSR item → places in `userItem` (and with `placeUser`, users). */
  readonly itemOffsets: Int32Array;
  readonly itemPlace: Int32Array;
  /** User of each place in `userItem`. */
  readonly placeUser: Int32Array;
  readonly ordered: boolean;
}

/** Renumbers the items of `histories`; `size` is the number of entities in the graph. */
export function makeItemSpace(histories: Histories, size: number): ItemSpace {
  const counts = new Int32Array(size);
  for (const item of histories.item) counts[item]++;
  const entity: number[] = [];
  const numberOf = new Int32Array(size).fill(-1);
  for (let index = 0; index < size; index++) {
    if (counts[index] === 0) continue;
    numberOf[index] = entity.length;
    entity.push(index);
  }
  const userItem = Int32Array.from(histories.item, (index) => numberOf[index]);
  const users = histories.offsets.length - 1;
  const placeUser = new Int32Array(userItem.length);
  for (let user = 0; user < users; user++) {
    placeUser.fill(user, histories.offsets[user], histories.offsets[user + 1]);
  }
  const itemOffsets = new Int32Array(entity.length + 1);
  for (let item = 0; item < entity.length; item++)
    itemOffsets[item + 1] = itemOffsets[item] + counts[entity[item]];
  const cursor = itemOffsets.slice();
  const itemPlace = new Int32Array(userItem.length);
  for (let place = 0; place < userItem.length; place++) itemPlace[cursor[userItem[place]]++] = place;
  return {
    entity: Int32Array.from(entity),
    users,
    userOffsets: histories.offsets,
    userItem,
    itemOffsets,
    itemPlace,
    placeUser,
    ordered: histories.ordered,
  };
}
