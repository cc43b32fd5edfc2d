import type { Tensor1D } from "@tensorflow/tfjs";
import type { Backend } from "../backend.ts";
import type { Tf } from "../tf.ts";
import { type FusedTensors, fuseTensors } from "./fuseTensors.ts";
import { type BatchTensors, type ParameterTensors, placeBatch, placeParameters } from "./placeTensors.ts";
import type { FusedPaths, PathBatch, PathParameters } from "./types.ts";

/**
 * Scores a batch, of any number of users, in one call of a device, and shares each score among its paths.
 * The same as `fusePathsArrays`, in float32. `parameters` may lie on the device already: see `placeParameters`.
 */
export async function fusePathsDevice(
  backend: Backend,
  batch: PathBatch,
  parameters: PathParameters | ParameterTensors,
): Promise<FusedPaths> {
  if (batch.row.length === 0) return fuseNone(batch, parameters.bias);
  const outputs = backend.compute((tf) => {
    const placed = "dim" in parameters ? placeParameters(tf, parameters) : parameters;
    const tensors = placeBatch(tf, batch, placed.offset.size);
    const fused = fuseTensors(tf, tensors, placed);
    return [fused.score, fused.gate, shareOut(tf, fused, { ...tensors, ...placed })];
  });
  const [score, gate, contribution] = await Promise.all(outputs.map((tensor) => tensor.data<"float32">()));
  for (const tensor of outputs) tensor.dispose();
  return { score, gate, contribution };
}

/** c_p = f(z)/z·a_p·mass_p, with f'(0) in place of f(z)/z where paths cancel out or weigh nothing. */
function shareOut(
  tf: Tf,
  { gated, masses, parts }: FusedTensors,
  { cell, weights, tau, kappa }: BatchTensors & ParameterTensors,
): Tensor1D {
  const [linear, saturating, logarithmic] = tf.split(weights, 3, 0);
  const atZero = tf.add(linear, tf.add(tf.div(saturating, tau), tf.div(logarithmic, kappa)));
  const none = tf.equal(masses, 0);
  const share = tf.where(
    none,
    tf.mul(atZero, tf.onesLike(masses)),
    tf.div(parts, tf.where(none, tf.onesLike(masses), masses)),
  );
  return tf.mul(tf.gather(tf.reshape(share, [-1]), cell), gated);
}

/** Rows without a path score the bias; there is nothing for a device to do. */
function fuseNone({ rows }: PathBatch, bias: number): FusedPaths {
  const [gate, contribution] = [new Float32Array(0), new Float32Array(0)];
  return { score: new Float32Array(rows).fill(bias), gate, contribution };
}
