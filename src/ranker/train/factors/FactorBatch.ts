import { weighRecency } from "../../recency.ts";
import type { ItemSpace } from "../itemSpace.ts";
import type { FactorConfig } from "./FactorConfig.ts";
import { cutHistory, leaveOut } from "./splitHistory.ts";

/** Some histories, split at random into what is shown and what is asked for. */
export interface FactorBatch {
  readonly rows: number;
  /** CSR over rows: the items shown, and their ρ. */
  readonly offsets: Int32Array;
  readonly shown: readonly number[];
  readonly weight: readonly number[];
  /** log popularity, −10⁹ for the items shown: what the scores start from, [rows × I]. */
  readonly start: Float32Array;
  /** Weight of the items asked for; all of them sum to 1, [rows × I]. */
  readonly asked: Float32Array;
  /** Sum of `asked` per row, [rows]. */
  readonly shares: Float32Array;
}

/** Fills batches of one size, reusing the room of the one before. */
export class FactorBatches {
  private readonly start: Float32Array;
  private readonly asked: Float32Array;
  private readonly prior: Float32Array;

  constructor(
    private readonly space: ItemSpace,
    private readonly config: FactorConfig,
  ) {
    this.start = new Float32Array(config.batch * space.entity.length);
    this.asked = new Float32Array(config.batch * space.entity.length);
    this.prior = measurePrior(space);
  }

  /** Splits the history of each of `users`, which all have two items at least. */
  fill(users: ArrayLike<number>, random: () => number): FactorBatch {
    const { userOffsets, userItem } = this.space;
    const rows = users.length;
    const items = this.prior.length;
    const start = this.start.subarray(0, rows * items);
    const asked = this.asked.subarray(0, rows * items).fill(0);
    const offsets = new Int32Array(rows + 1);
    const [shown, weight]: number[][] = [[], []];
    const drawn = Array.from(users, (user) => this.split(userOffsets[user + 1] - userOffsets[user], random));
    // Left out: every item counts alike. After a cut: every history does.
    const sizes = drawn.map((split) => (this.config.ask === "left-out" ? split.asked.length : 1));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const shares = Float32Array.from(sizes, (size) => size / total);
    drawn.forEach((split, row) => {
      const first = userOffsets[users[row]];
      start.set(this.prior, row * items);
      for (const place of split.shown) {
        shown.push(userItem[first + place]);
        start[row * items + userItem[first + place]] = -1e9;
      }
      weight.push(...weighRecency(split.shown.length, this.config.halfLife));
      split.asked.forEach((place, at) => {
        asked[row * items + userItem[first + place]] = split.weights[at] * shares[row];
      });
      offsets[row + 1] = shown.length;
    });
    return { rows, offsets, shown, weight, start, asked, shares };
  }

  private split(length: number, random: () => number) {
    const { ask } = this.config;
    return ask === "left-out" ? leaveOut(length, random) : cutHistory(length, ask, random);
  }
}

/** log of each item's share of the interactions. */
function measurePrior({ itemOffsets, userItem, entity }: ItemSpace): Float32Array {
  return Float32Array.from(entity, (_, item) =>
    Math.log((itemOffsets[item + 1] - itemOffsets[item] + 1) / (userItem.length + entity.length)),
  );
}
