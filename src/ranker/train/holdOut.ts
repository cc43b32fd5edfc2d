import type { Histories } from "../model.ts";
import { makeRandom } from "../random.ts";

/** Histories without the rows that validation asks for, and those rows. */
export interface HeldOut {
  readonly train: Histories;
  readonly valid: Histories;
}

const SHORTEST = 3; // a user with fewer interactions teaches, but is not asked for

/**
 * Takes one interaction of each user out: the newest where times are known, else one drawn by `seed`. What is
 * fitted on `train` has then never seen the pairs that the weights are learned from.
 */
export function holdOutOne(histories: Histories, seed: number): HeldOut {
  const random = makeRandom(seed);
  const users = histories.offsets.length - 1;
  const trainOffsets = new Int32Array(users + 1);
  const validOffsets = new Int32Array(users + 1);
  const train: number[] = [];
  const valid: number[] = [];
  for (let user = 0; user < users; user++) {
    const start = histories.offsets[user];
    const end = histories.offsets[user + 1];
    const drawn = histories.ordered ? end - 1 : start + Math.floor(random() * (end - start));
    const out = end - start >= SHORTEST ? drawn : -1;
    for (let place = start; place < end; place++) {
      (place === out ? valid : train).push(histories.item[place]);
    }
    trainOffsets[user + 1] = train.length;
    validOffsets[user + 1] = valid.length;
  }
  const { ordered } = histories;
  return {
    train: { offsets: trainOffsets, item: Int32Array.from(train), ordered },
    valid: { offsets: validOffsets, item: Int32Array.from(valid), ordered },
  };
}
