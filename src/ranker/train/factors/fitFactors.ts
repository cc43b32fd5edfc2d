import type { Tf } from "../../tf.ts";
import type { ItemSpace } from "../itemSpace.ts";
import type { FactorConfig } from "./FactorConfig.ts";
import { type Head, type StepHook, trainHead } from "./trainHead.ts";

/** A step holds a few dense rows over all items; without a GPU it also takes its time: about a minute per head. */
const MOST_ITEMS = { gpu: 60_000, cpu: 6_000 };
const GPUS = ["webgpu", "tensorflow"];
const FEWEST_USERS = 500; // of fewer the factors learn nothing that counting does not say

/** True where `fitFactors` is worth its time: enough histories of two items, and not too many items. */
export function canFactor(tf: Tf, { entity, userOffsets, users }: ItemSpace): boolean {
  if (entity.length > (GPUS.includes(tf.getBackend()) ? MOST_ITEMS.gpu : MOST_ITEMS.cpu)) return false;
  let taught = 0;
  for (let user = 0; user < users; user++) if (userOffsets[user + 1] - userOffsets[user] >= 2) taught++;
  return taught >= FEWEST_USERS;
}

/**
 * Fits item factors: several heads from different starts, side by side in one row, so that ⟨from_j, to_i⟩ is
 * the mean over the heads. Averaging evens out what a training owes to its start.
 */
export async function fitFactors(
  tf: Tf,
  space: ItemSpace,
  config: FactorConfig,
  run: {
    readonly seed: number;
    readonly onStep?: (head: number, ...step: Parameters<StepHook>) => void | Promise<void>;
  },
): Promise<Head> {
  const heads: Head[] = [];
  for (let head = 0; head < config.heads; head++) {
    const { seed, onStep } = run;
    heads.push(
      await trainHead(tf, space, config, {
        seed: seed * 1000 + head,
        onStep: onStep && ((...step) => onStep(head, ...step)),
      }),
    );
  }
  return joinHeads(heads, config.dim);
}

function joinHeads(heads: readonly Head[], dim: number): Head {
  const items = heads[0].from.length / dim;
  const width = dim * heads.length;
  const from = new Float32Array(items * width);
  const to = new Float32Array(items * width);
  heads.forEach((head, place) => {
    for (let item = 0; item < items; item++) {
      for (let k = 0; k < dim; k++) {
        const at = item * width + place * dim + k;
        from[at] = head.from[item * dim + k] / heads.length;
        to[at] = head.to[item * dim + k];
      }
    }
  });
  return { from, to };
}
