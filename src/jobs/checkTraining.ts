import { checkKey, checkNumber, checkObject, checkText, invalid } from "../kg/curation/checks.ts";
import type { EditOptions, Problem, TrainRequest } from "../kg/types.ts";
import { checkConfig } from "./checkConfig.ts";

const LARGEST_SEED = 2 ** 31 - 1;

/** Problems that are seen in the request for a training alone. */
export function checkTraining({ config, seed }: TrainRequest, options: EditOptions): Problem[] {
  const { reason, idempotencyKey } = options;
  const shape = config == null ? [] : checkObject(config, "config");
  return [
    ...shape,
    ...(config == null || shape.length > 0 ? [] : checkConfig(config)),
    ...(seed == null ? [] : checkSeed(seed)),
    ...(reason == null ? [] : checkText(reason, "reason")),
    ...(idempotencyKey == null ? [] : checkKey(idempotencyKey, "idempotencyKey")),
  ];
}

function checkSeed(seed: number): Problem[] {
  if (!Number.isInteger(seed)) return invalid("seed", seed, "a whole number");
  return checkNumber(seed, "seed", { from: 0, to: LARGEST_SEED });
}
