import type { Scalar, Tensor2D } from "@tensorflow/tfjs";
import { AdamW } from "../../optimise/AdamW.ts";
import type { Tf } from "../../tf.ts";
import type { FactorBatch } from "./FactorBatch.ts";
import type { FactorConfig } from "./FactorConfig.ts";

const START = 0.1; // deviation of the first factors

/**
 * The factors in training. What touches only the items of a history (a user's vector, and the gradient of `from`) is done in
 * typed arrays; what touches all items (scores, softmax, the gradient of `to`) on the device, as matrix products.
 */
export class HeadState {
  readonly from: Float32Array;
  private readonly fromMoves: AdamW;
  private to: Moments;
  private steps = 0;

  constructor(
    private readonly tf: Tf,
    private readonly items: number,
    private readonly config: FactorConfig,
    random: () => number,
  ) {
    const { dim } = config;
    this.from = drawNormal(items * dim, START, random);
    this.fromMoves = new AdamW(this.from, { weightDecay: config.decay });
    const value = tf.tensor2d(drawNormal(items * dim, START, random), [dim, items]);
    this.to = { value, first: tf.zerosLike(value), second: tf.zerosLike(value) };
  }

  /** One step; gives the cross-entropy, weighed as what is asked for, where `isLooked` says that somebody looks. */
  async step(batch: FactorBatch, rate: number, isLooked: boolean): Promise<number> {
    const { tf, to, items, config } = this;
    this.steps++;
    const hidden = this.sumHistories(batch);
    const { value, first, second, hiddenPush, loss } = tf.tidy(() => {
      const users = tf.tensor2d(hidden, [batch.rows, config.dim]);
      const start = tf.tensor2d(batch.start, [batch.rows, items]);
      const asked = tf.tensor2d(batch.asked, [batch.rows, items]);
      const scores: Tensor2D = tf.add(tf.matMul(users, to.value), start);
      const share = tf.softmax(scores);
      const push: Tensor2D = tf.sub(tf.mul(share, tf.tensor2d(batch.shares, [batch.rows, 1])), asked);
      const loss: Scalar = isLooked
        ? tf.neg(tf.sum(tf.mul(tf.log(tf.add(share, 1e-12)), asked)) as Scalar)
        : tf.scalar(Number.NaN);
      const gradient: Tensor2D = tf.matMul(tf.transpose(users), push);
      const hiddenPush: Tensor2D = tf.matMul(push, tf.transpose(to.value));
      return { ...this.descend(gradient, rate), hiddenPush, loss };
    });
    tf.dispose([to.value, to.first, to.second]);
    this.to = { value, first, second };
    const [back, [missed]] = await Promise.all([hiddenPush.data(), loss.data()]);
    tf.dispose([hiddenPush, loss]);
    this.fromMoves.step(this.spreadPush(batch, back), rate);
    return missed;
  }

  /** Σ_j ρ_j·from_j of each row, [rows × dim]. */
  private sumHistories({ rows, offsets, shown, weight }: FactorBatch): Float32Array {
    const { dim } = this.config;
    const hidden = new Float32Array(rows * dim);
    for (let row = 0; row < rows; row++) {
      for (let at = offsets[row]; at < offsets[row + 1]; at++) {
        const item = shown[at] * dim;
        for (let k = 0; k < dim; k++) hidden[row * dim + k] += weight[at] * this.from[item + k];
      }
    }
    return hidden;
  }

  /** The gradient of `from`: what reached a user's vector goes back to the items that made it. */
  private spreadPush({ rows, offsets, shown, weight }: FactorBatch, back: ArrayLike<number>): Float32Array {
    const { dim } = this.config;
    const gradient = new Float32Array(this.from.length);
    for (let row = 0; row < rows; row++) {
      for (let at = offsets[row]; at < offsets[row + 1]; at++) {
        const item = shown[at] * dim;
        for (let k = 0; k < dim; k++) gradient[item + k] += weight[at] * back[row * dim + k];
      }
    }
    return gradient;
  }

  /** AdamW on the device: decoupled weight decay. */
  private descend(gradient: Tensor2D, rate: number): Moments {
    const { tf, steps, to } = this;
    const first: Tensor2D = tf.add(tf.mul(to.first, 0.9), tf.mul(gradient, 0.1));
    const second: Tensor2D = tf.add(tf.mul(to.second, 0.999), tf.mul(tf.square(gradient), 0.001));
    const move = tf.div(
      tf.mul(first, rate / (1 - 0.9 ** steps)),
      tf.add(tf.sqrt(tf.mul(second, 1 / (1 - 0.999 ** steps))), 1e-8),
    );
    return { value: tf.sub(tf.mul(to.value, 1 - rate * this.config.decay), move), first, second };
  }

  /** `to` by items, [I × dim]. */
  async readTo(): Promise<Float32Array> {
    const turned = this.tf.transpose(this.to.value);
    const values = Float32Array.from(await turned.data());
    turned.dispose();
    return values;
  }

  dispose(): void {
    this.tf.dispose([this.to.value, this.to.first, this.to.second]);
  }
}

interface Moments {
  readonly value: Tensor2D;
  readonly first: Tensor2D;
  readonly second: Tensor2D;
}

/** Box–Muller. */
function drawNormal(count: number, deviation: number, random: () => number): Float32Array {
  return Float32Array.from(
    { length: count },
    () => deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
  );
}
