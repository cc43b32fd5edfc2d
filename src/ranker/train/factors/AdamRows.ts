/** AdamW over typed arrays: decoupled weight decay. @see Loshchilov & Hutter 2019 */
export class AdamRows {
  private readonly first: Float32Array;
  private readonly second: Float32Array;

  constructor(
    size: number,
    private readonly decay: number,
  ) {
    this.first = new Float32Array(size);
    this.second = new Float32Array(size);
  }

  /** Moves `values` against `gradient`; `count` is the number of this step, from 1. */
  step(values: Float32Array, gradient: Float32Array, rate: number, count: number): void {
    const { first, second } = this;
    const [one, two] = [rate / (1 - 0.9 ** count), 1 / (1 - 0.999 ** count)];
    const keep = 1 - rate * this.decay;
    for (let at = 0; at < values.length; at++) {
      first[at] += 0.1 * (gradient[at] - first[at]);
      second[at] += 0.001 * (gradient[at] * gradient[at] - second[at]);
      values[at] = keep * values[at] - (one * first[at]) / (Math.sqrt(two * second[at]) + 1e-8);
    }
  }
}
