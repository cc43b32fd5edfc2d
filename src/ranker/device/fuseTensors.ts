import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import type { Tf } from "../tf.ts";
import type { BatchTensors, ParameterTensors } from "./placeTensors.ts";

/** A batch as the device scored it. */
export interface FusedTensors {
  /** [R]. */
  readonly score: Tensor1D;
  /** a, [N]. */
  readonly gate: Tensor1D;
  /** a·mass, [N]. */
  readonly gated: Tensor1D;
  /** z, [R × G]. */
  readonly masses: Tensor2D;
  /** f(z), [R × G]. */
  readonly parts: Tensor2D;
}

/**
 * The device program: gates all paths, sums them by row and group, and bends the sums, for all users at once.
 * Made of gather, products and one segment sum, whose gradients every backend has. Call it within `tf.tidy`.
 */
export function fuseTensors(tf: Tf, batch: BatchTensors, parameters: ParameterTensors): FusedTensors {
  const { query, embedding, profile, offset, weights, tau, kappa, bias } = parameters;
  const groups = offset.size;
  const dim = query.shape[1];
  const asked = tf.mul(tf.gather(profile, batch.user), tf.gather(query, batch.group));
  const dot = tf.sum(tf.mul(asked, tf.gather(embedding, batch.meeting)), 1);
  const turn = tf.add(tf.mul(dot, tf.mul(batch.meets, 1 / Math.sqrt(dim))), tf.gather(offset, batch.group));
  const gate: Tensor1D = tf.mul(tf.sigmoid(turn), 2);
  const gated: Tensor1D = tf.mul(gate, batch.mass);
  const sums = tf.unsortedSegmentSum(gated, batch.cell, batch.rows * groups);
  const masses: Tensor2D = tf.reshape(sums, [batch.rows, groups]);
  const [linear, saturating, logarithmic] = tf.split(weights, 3, 0); // [1 × G] each
  const size = tf.abs(masses);
  const bent = tf.add(
    tf.mul(saturating, saturate(tf, tf.div(size, tau))),
    tf.mul(logarithmic, grow(tf, tf.div(size, kappa))),
  );
  const parts: Tensor2D = tf.add(tf.mul(linear, masses), tf.mul(tf.sign(masses), bent));
  return { score: tf.add(tf.sum(parts, 1), bias), gate, gated, masses, parts };
}

const SMALL = 0.03; // below it a GPU's e^x − 1 and log(1 + x) lose the digits that the first terms of the series have

/** 1 − e^(−x). */
function saturate(tf: Tf, x: Tensor): Tensor {
  return join(tf, { x, series: [1, -1 / 2, 1 / 6, -1 / 24], whole: tf.neg(tf.expm1(tf.neg(x))) });
}

/** log(1 + x). */
function grow(tf: Tf, x: Tensor): Tensor {
  return join(tf, { x, series: [1, -1 / 2, 1 / 3, -1 / 4, 1 / 5], whole: tf.log1p(x) });
}

/** x·Σ series_k·x^k where x is small, the whole function elsewhere; a product, since `where` has no gradient here. */
function join(
  tf: Tf,
  { x, series, whole }: { readonly x: Tensor; readonly series: readonly number[]; readonly whole: Tensor },
): Tensor {
  const isSmall = tf.step(tf.sub(SMALL, x));
  const near = tf.minimum(x, SMALL);
  const sum = series.reduceRight<Tensor>((rest, one) => tf.add(tf.mul(rest, near), one), tf.zerosLike(near));
  return tf.add(tf.mul(isSmall, tf.mul(near, sum)), tf.mul(tf.sub(1, isSmall), whole));
}
