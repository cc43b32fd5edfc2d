import { shuffle } from "../../optimise/shuffle.ts";
import { Random } from "../../random.ts";
import type { CtrSplit } from "./types.ts";

/** Splits `count` rows at random into 60 % train, 20 % valid and 20 % test; the same seed gives the same split. */
export function splitRows(count: number, seed: number): CtrSplit {
  const order = shuffle(
    Int32Array.from({ length: count }, (_, row) => row),
    new Random(seed),
  );
  const [first, second] = [Math.floor(0.6 * count), Math.floor(0.8 * count)];
  return {
    train: order.slice(0, first).sort(),
    valid: order.slice(first, second).sort(),
    test: order.slice(second).sort(),
  };
}
