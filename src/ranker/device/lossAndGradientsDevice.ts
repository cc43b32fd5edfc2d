import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import type { Backend } from "../backend.ts";
import type { Tf } from "../tf.ts";
import { fuseTensors } from "./fuseTensors.ts";
import { placeBatch, placeParameters } from "./placeTensors.ts";
import type { ChoiceBatch, Gradients, PathParameters } from "./types.ts";

const OUT = -1e9; // score of the padding after a user's last row

/**
 * Gives the loss of `lossAndGradients` and its gradients as the device's automatic differentiation finds them,
 * in float32. The batch must hold a path.
 */
export async function lossAndGradientsDevice(
  backend: Backend,
  batch: ChoiceBatch,
  parameters: PathParameters,
): Promise<{ readonly loss: number; readonly gradients: Gradients }> {
  const outputs = backend.compute((tf) => {
    const fixed = placeParameters(tf, parameters);
    const tensors = placeBatch(tf, batch, parameters.offset.length);
    const choices = placeChoices(tf, batch);
    const measure = (...learned: Tensor[]): Scalar => {
      const [weights, query, embedding, profile] = learned as Tensor2D[];
      const offset = learned[4] as Tensor1D;
      const { score } = fuseTensors(tf, tensors, { ...fixed, weights, query, embedding, profile, offset });
      return crossEntropy(tf, score, choices);
    };
    const { weights, query, embedding, profile, offset } = fixed;
    const { value, grads } = tf.valueAndGrads(measure)([weights, query, embedding, profile, offset]);
    return [value, ...grads];
  });
  const values = await Promise.all(outputs.map((tensor) => tensor.data<"float32">()));
  for (const tensor of outputs) tensor.dispose();
  const [[loss], weights, query, embedding, profile, offset] = values;
  return { loss, gradients: { weights, query, embedding, profile, offset } };
}

interface Choices {
  /** Row at each place of a table with one line per user, R where there is none, [B·C]. */
  readonly place: Tensor1D;
  /** [B × C]. */
  readonly target: Tensor2D;
}

/** Lays the users' rows side by side, padded to the longest. */
function placeChoices(tf: Tf, { rows, offsets, target }: ChoiceBatch): Choices {
  const users = offsets.length - 1;
  let width = 1;
  for (let user = 0; user < users; user++) width = Math.max(width, offsets[user + 1] - offsets[user]);
  const place = new Int32Array(users * width).fill(rows);
  const wanted = new Float32Array(users * width);
  for (let user = 0; user < users; user++) {
    for (let r = offsets[user]; r < offsets[user + 1]; r++) {
      const at = user * width + r - offsets[user];
      place[at] = r;
      wanted[at] = target[r];
    }
  }
  return { place: tf.tensor1d(place, "int32"), target: tf.tensor2d(wanted, [users, width]) };
}

/** Mean over users of −Σ target·log softmax(score). */
function crossEntropy(tf: Tf, score: Tensor1D, { place, target }: Choices): Scalar {
  const padded = tf.concat([score, tf.tensor1d([OUT])]);
  const table = tf.reshape(tf.gather(padded, place), target.shape);
  return tf.div(tf.neg(tf.sum(tf.mul(target, tf.logSoftmax(table, 1)))), target.shape[0]);
}
