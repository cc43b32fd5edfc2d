import { makeRandom } from "../../random.ts";
import type { Tf } from "../../tf.ts";
import type { ItemSpace } from "../itemSpace.ts";
import { FactorBatches } from "./FactorBatch.ts";
import type { FactorConfig } from "./FactorConfig.ts";
import { HeadState } from "./HeadState.ts";

/** One training of the factors: `from` [I × dim] of a history's items, `to` [I × dim] of scored ones. */
export interface Head {
  readonly from: Float32Array;
  readonly to: Float32Array;
}

/** Called every 8 steps with the cross-entropy of the last one, and a way to read the factors of now. */
export type StepHook = (step: number, loss: number, read: () => Promise<Head>) => void | Promise<void>;

const WARM_UP = 50; // steps
const STRIDE = 8;

/**
 * Trains item factors so that score(i) = Σ_j ρ_j·⟨from_j, to_i⟩ + log popularity_i puts what was asked for
 * first: full softmax over all items that are not shown, AdamW. A user is what they did; there is no
 * vector of a user's own, so new users work at once and every part of the score has its item. The gradients are
 * written out: they need only matrix products, which every backend has. Cost per step: 3 products of b × I × dim.
 * @see Liang et al. 2018, "Variational Autoencoders for Collaborative Filtering", for the multinomial likelihood
 */
export async function trainHead(
  tf: Tf,
  space: ItemSpace,
  config: FactorConfig,
  run: { readonly seed: number; readonly onStep?: StepHook },
): Promise<Head> {
  const random = makeRandom(run.seed);
  const state = new HeadState(tf, space.entity.length, config, random);
  const batches = new FactorBatches(space, config);
  const draw = config.ask === "left-out" ? drawInTurn(space, random) : drawByLength(space, random);
  const read = async () => ({ from: state.from.slice(), to: await state.readTo() });
  try {
    for (let step = 1; step <= config.steps; step++) {
      const fall = 0.5 * (1 + Math.cos((Math.PI * step) / config.steps));
      const rate = config.rate * fall * Math.min(1, step / WARM_UP);
      const isLooked = step % STRIDE === 0;
      const loss = await state.step(batches.fill(draw(config.batch), random), rate, isLooked);
      if (isLooked) await run.onStep?.(step, loss, read);
    }
    return await read();
  } finally {
    state.dispose();
  }
}

/** Users with something to show and something to ask for. */
function listUsers({ userOffsets, users }: ItemSpace): Int32Array {
  return Int32Array.from({ length: users }, (_, user) => user).filter(
    (user) => userOffsets[user + 1] - userOffsets[user] >= 2,
  );
}

/** Every user in a shuffled turn; the last batch of a turn is smaller. */
function drawInTurn(space: ItemSpace, random: () => number): (count: number) => Int32Array {
  const users = listUsers(space);
  let next = users.length;
  return (count) => {
    if (next >= users.length) {
      shuffle(users, random);
      next = 0;
    }
    next += count;
    return users.subarray(next - count, next);
  };
}

/** Users by the root of their histories' lengths: a long one has more places to be cut at. */
function drawByLength(space: ItemSpace, random: () => number): (count: number) => Int32Array {
  const users = listUsers(space);
  const sums = new Float64Array(users.length);
  let total = 0;
  users.forEach((user, place) => {
    total += Math.sqrt(space.userOffsets[user + 1] - space.userOffsets[user]);
    sums[place] = total;
  });
  const drawOne = () => {
    const wanted = random() * total;
    let [low, high] = [0, users.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sums[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return users[low];
  };
  return (count) => Int32Array.from({ length: count }, drawOne);
}

function shuffle(values: Int32Array, random: () => number): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [values[last], values[other]] = [values[other], values[last]];
  }
}
