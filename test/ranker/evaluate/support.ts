import { type Dataset, SPLIT } from "../../../src/ranker/evaluate/types.ts";

export type SplitName = keyof typeof SPLIT;
/** user, item, time (NaN for none), split. */
export type Row = readonly [user: number, item: number, time: number, split?: SplitName];

/** Makes a data set of rows without a graph. */
export function makeDataset(rows: readonly Row[], size: { users: number; items: number }): Dataset {
  return {
    name: "films",
    userKeys: Array.from({ length: size.users }, (_, user) => `u${user}`),
    itemKeys: Array.from({ length: size.items }, (_, item) => `film:${item}`),
    interactions: {
      user: Int32Array.from(rows, ([user]) => user),
      item: Int32Array.from(rows, ([, item]) => item),
      value: new Float32Array(rows.length).fill(1),
      time: Float64Array.from(rows, ([, , time]) => time),
      split: Uint8Array.from(rows, ([, , , split]) => SPLIT[split ?? "none"]),
    },
    graph: null,
    itemIndexToEntity: new Int32Array(size.items).fill(-1),
  };
}
