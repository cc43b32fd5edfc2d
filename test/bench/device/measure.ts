import type { Backend } from "../../../src/ranker/backend.ts";
import { fusePathsArrays } from "../../../src/ranker/device/fusePathsArrays.ts";
import { fusePathsDevice } from "../../../src/ranker/device/fusePathsDevice.ts";
import { lossAndGradients, makeGradients } from "../../../src/ranker/device/lossAndGradients.ts";
import { lossAndGradientsDevice } from "../../../src/ranker/device/lossAndGradientsDevice.ts";
import { placeParameters } from "../../../src/ranker/device/placeTensors.ts";
import type { ChoiceBatch } from "../../../src/ranker/device/types.ts";
import { relativeError } from "../../ranker/device/batches.ts";
import type { DeviceCase } from "./cases.ts";
import { type Spent, timeRepeats } from "./timeRepeats.ts";

/** What a case took on one backend. */
export interface Timing extends Spent {
  readonly name: DeviceCase["name"];
  /** From the loops over arrays, in the scores or the gradients. */
  readonly error: number;
}

/** Measures a case in loops over arrays. */
export async function measureArrays(one: DeviceCase, smoke: boolean): Promise<Timing> {
  const { name, batch, parameters, steps } = one;
  const spent = await timeRepeats(() => {
    if (steps === 0) fusePathsArrays(batch, parameters);
    else lossAndGradients(batch as ChoiceBatch, parameters, makeGradients(parameters));
  }, smoke);
  return { name, ...repeat(spent, steps || 1), error: 0 };
}

/** Measures a case on a backend, with the copies to it and from it. */
export function measureBackend(backend: Backend, one: DeviceCase, smoke: boolean): Promise<Timing> {
  return one.steps === 0 ? measureFusion(backend, one, smoke) : measureEpoch(backend, one, smoke);
}

async function measureFusion(
  backend: Backend,
  { name, batch, parameters }: DeviceCase,
  smoke: boolean,
): Promise<Timing> {
  const placed = placeParameters(backend.tf, parameters); // they stay on the device between requests
  const { score } = await fusePathsDevice(backend, batch, placed);
  const error = relativeError(fusePathsArrays(batch, parameters).score, score);
  const spent = await timeRepeats(() => fusePathsDevice(backend, batch, placed), smoke);
  const { bias: _, ...tensors } = placed;
  backend.tf.dispose(tensors);
  return { name, ...spent, error };
}

async function measureEpoch(backend: Backend, one: DeviceCase, smoke: boolean): Promise<Timing> {
  const { name, parameters, steps } = one;
  const batch = one.batch as ChoiceBatch;
  const expected = makeGradients(parameters);
  lossAndGradients(batch, parameters, expected);
  const { gradients } = await lossAndGradientsDevice(backend, batch, parameters);
  const error = relativeError(expected.embedding, gradients.embedding);
  const spent = await timeRepeats(() => lossAndGradientsDevice(backend, batch, parameters), smoke);
  return { name, ...repeat(spent, steps), error };
}

function repeat({ ms, cpuMs }: Spent, times: number): Spent {
  return { ms: times * ms, cpuMs: times * cpuMs };
}
