import { makeChains, makeStart, Walk } from "./chains.ts";
import type { CtrData } from "./types.ts";
import type { World } from "./World.ts";

/** The mass z of each group for some rows. */
export interface Masses {
  readonly groups: readonly string[];
  /** [groups][rows] */
  readonly values: readonly Float64Array[];
}

/** The part of the item that says how many like it, whoever asks. */
export const POPULARITY = "popularity";
/**
 * 1 for an item that nobody likes among the rows that teach: "unknown" instead of "disliked". Where a file holds
 * only items that somebody likes in *some* split, as those of this protocol do, it is worth more than in life.
 */
export const NEWCOMER = "newcomer";

/** Measures the groups of each row: one walk per user, and what is known of the item alone. */
export function measureMasses(data: CtrData, world: World, rows: Int32Array): Masses {
  const { user, item } = data.rows;
  const chains = makeChains(world);
  const groups = [...chains.map(({ name }) => name), POPULARITY, NEWCOMER];
  const values = groups.map(() => new Float64Array(rows.length));
  const order = rows.map((_, at) => at).sort((a, b) => user[rows[a]] - user[rows[b]]);
  let walk: Walk | null = null;
  let walker = -1;
  for (const at of order) {
    const [who, what] = [user[rows[at]], item[rows[at]]];
    if (!walk || who !== walker) walk = new Walk(makeStart(world.history[who], data.items));
    walker = who;
    for (const [group, chain] of chains.entries()) values[group][at] = walk.measure(chain, what);
    values[chains.length][at] = world.fans[what];
    values[chains.length + 1][at] = world.fans[what] === 0 ? 1 : 0;
  }
  return { groups, values };
}
