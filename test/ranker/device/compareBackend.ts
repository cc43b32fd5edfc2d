import { type Backend, openBackend } from "../../../src/ranker/backend.ts";
import { fusePathsArrays } from "../../../src/ranker/device/fusePathsArrays.ts";
import { fusePathsDevice } from "../../../src/ranker/device/fusePathsDevice.ts";
import { lossAndGradients, makeGradients } from "../../../src/ranker/device/lossAndGradients.ts";
import { lossAndGradientsDevice } from "../../../src/ranker/device/lossAndGradientsDevice.ts";
import { placeParameters } from "../../../src/ranker/device/placeTensors.ts";
import type { ChoiceBatch, PathParameters } from "../../../src/ranker/device/types.ts";
import { type BatchSize, drawBatch, drawParameters, relativeError, SMALL } from "./batches.ts";

/** How far a backend is from the loops over arrays: relative errors by what was compared. */
export type Comparison = Readonly<Record<string, number>>;

const WIDE: BatchSize = { users: 4, rows: 20, paths: 12, groups: 6, entities: 60, dim: 32 };
const SIZES: Readonly<Record<string, BatchSize>> = {
  small: SMALL,
  wide: WIDE,
  "small masses": { ...SMALL, mass: 0.01 },
  "one row": { ...SMALL, users: 1, rows: 1, paths: 60 },
};

/** Compares scores, gates, contributions, the loss and all gradients of an open backend with the loops over arrays. */
export async function compareBackend(backend: Backend): Promise<Comparison> {
  const errors: Record<string, number> = {};
  for (const [title, size] of Object.entries(SIZES)) {
    const [batch, parameters] = [drawBatch(size, 5), drawParameters(size, 6)];
    for (const [part, error] of Object.entries({
      ...(await compareScores(backend, batch, parameters)),
      ...(await compareGradients(backend, batch, parameters)),
    })) {
      errors[`${part}, ${title}`] = error;
    }
  }
  return errors;
}

async function compareScores(
  backend: Backend,
  batch: ChoiceBatch,
  parameters: PathParameters,
): Promise<Comparison> {
  const expected = fusePathsArrays(batch, parameters);
  const placed = placeParameters(backend.tf, parameters);
  const found = await fusePathsDevice(backend, batch, parameters);
  const again = await fusePathsDevice(backend, batch, placed);
  const { bias: _, ...tensors } = placed;
  backend.tf.dispose(tensors);
  return {
    score: relativeError(expected.score, found.score),
    gate: relativeError(expected.gate, found.gate),
    contribution: relativeError(expected.contribution, found.contribution),
    "score of placed parameters": relativeError(expected.score, again.score),
  };
}

async function compareGradients(
  backend: Backend,
  batch: ChoiceBatch,
  parameters: PathParameters,
): Promise<Comparison> {
  const expected = makeGradients(parameters);
  const loss = lossAndGradients(batch, parameters, expected);
  const found = await lossAndGradientsDevice(backend, batch, parameters);
  const errors: Record<string, number> = { loss: relativeError([loss], [found.loss]) };
  for (const [name, values] of Object.entries(expected)) {
    errors[`gradient of ${name}`] = relativeError(values, found.gradients[name as keyof typeof expected]);
  }
  return errors;
}

/** Opens a backend, compares it, and gives how many tensors it leaves behind. */
export async function compareAndClose(name: Backend["name"]): Promise<{
  readonly errors: Comparison;
  readonly left: number;
  readonly active: string;
  readonly device: string;
}> {
  const backend = await openBackend(name);
  try {
    const before = backend.tf.memory().numTensors;
    const errors = await compareBackend(backend);
    const left = backend.tf.memory().numTensors - before;
    return { errors, left, active: backend.tf.getBackend(), device: backend.device };
  } finally {
    backend.close();
  }
}
