import type { Training } from "../../../../src/ranker/evaluate/types.ts";
import { packUserRows } from "../../../../src/ranker/evaluate/userRows.ts";
import { type BinaryMatrix, makeBinaryMatrix } from "../../../../src/ranker/linear/BinaryMatrix.ts";
import { makeRandom } from "../../../../src/ranker/random.ts";
import { makeDataset, type Row } from "../support.ts";

/** Packs lists of items per user. */
function packLists(lists: readonly (readonly number[])[], items: number) {
  const rows: Row[] = lists.flatMap((seen, user) => seen.map((item, at): Row => [user, item, at]));
  const { interactions } = makeDataset(rows, { users: lists.length, items });
  return packUserRows(interactions, Int32Array.from(rows.keys()), lists.length);
}

export function makeMatrix(lists: readonly (readonly number[])[], items: number): BinaryMatrix {
  return makeBinaryMatrix(packLists(lists, items), items);
}

/** Users of two tastes: even ones see films 0…14, odd ones 15…29, eight of them each; one more is kept aside. */
export interface Taste {
  readonly lists: readonly (readonly number[])[];
  readonly kept: readonly (readonly number[])[];
  readonly x: BinaryMatrix;
}

export function makeTaste(seed: number, users = 60): Taste {
  const random = makeRandom(seed);
  const drawn = Array.from({ length: users }, (_, user) => {
    const films = Array.from({ length: 15 }, (_, film) => (user % 2) * 15 + film);
    return films
      .map((film) => ({ film, at: random() }))
      .sort((a, b) => a.at - b.at)
      .slice(0, 9)
      .map(({ film }) => film);
  });
  const lists = drawn.map((films) => films.slice(0, 8));
  return { lists, kept: drawn.map((films) => films.slice(8)), x: makeMatrix(lists, 30) };
}

export function makeTraining({ lists, kept }: Taste, refit = false): Training {
  return {
    users: lists.length,
    items: 30,
    train: packLists(lists, 30),
    valid: packLists(kept, 30),
    refit,
    graph: null,
    itemIndexToEntity: Int32Array.from({ length: 30 }, (_, item) => item),
  };
}
