import type { BinaryMatrix } from "../../../linear/BinaryMatrix.ts";
import { makeRandom } from "../../../random.ts";
import { drawNormal, type Factors } from "./Factors.ts";
import type { EpochLearner } from "./learnByEpochs.ts";
import { makeTripletSampler, type Triplet } from "./sampleTriplet.ts";

export interface BprOptions {
  /** Even. */
  readonly size: number;
  readonly rate: number;
  /** λ of the squared norms of what a step touches. */
  readonly ridge: number;
  readonly seed: number;
}

/**
 * Learns matrix factorisation by Bayesian personalised ranking: stochastic steps up ln σ(s_ui − s_uj) over
 * sampled triplets, s_ui = b_i + ⟨p_u, q_i⟩. An epoch draws as many triplets as there are interactions.
 * @see https://arxiv.org/abs/1205.2618 figure 4
 */
export class BprLearner implements EpochLearner {
  readonly #user: Float32Array;
  readonly #item: Float32Array;
  readonly #bias: Float32Array;
  readonly #sample: (into: Triplet) => void;

  constructor(
    private readonly x: BinaryMatrix,
    private readonly options: BprOptions,
  ) {
    const random = makeRandom(options.seed);
    const deviation = 1 / Math.sqrt(options.size) / 4;
    this.#user = drawNormal(x.users * options.size, deviation, random);
    this.#item = drawNormal(x.items * options.size, deviation, random);
    this.#bias = new Float32Array(x.items);
    this.#sample = makeTripletSampler(x, random);
  }

  learn(): void {
    const triplet: Triplet = { user: 0, positive: 0, negative: 0 };
    for (let step = this.x.rowItems.length; step > 0; step--) {
      this.#sample(triplet);
      this.step(triplet);
    }
  }

  /** One step on one triplet. */
  step({ user, positive, negative }: Triplet): void {
    const { size, rate, ridge } = this.options;
    const [p, q, bias] = [this.#user, this.#item, this.#bias];
    const [u, i, j] = [user * size, positive * size, negative * size];
    let margin = bias[positive] - bias[negative];
    for (let c = 0; c < size; c++) margin += p[u + c] * (q[i + c] - q[j + c]);
    const pull = 1 / (1 + Math.exp(margin)); // of the loss −ln σ(margin), downhill
    bias[positive] += rate * (pull - ridge * bias[positive]);
    bias[negative] += rate * (-pull - ridge * bias[negative]);
    for (let c = 0; c < size; c++) {
      const [pu, qi, qj] = [p[u + c], q[i + c], q[j + c]];
      p[u + c] = pu + rate * (pull * (qi - qj) - ridge * pu);
      q[i + c] = qi + rate * (pull * pu - ridge * qi);
      q[j + c] = qj + rate * (-pull * pu - ridge * qj);
    }
  }

  factors(): Factors {
    const { size } = this.options;
    return { size, user: this.#user.slice(), item: this.#item.slice(), bias: this.#bias.slice() };
  }
}
