import type { BinaryMatrix } from "../../../linear/BinaryMatrix.ts";
import { makeRandom } from "../../../random.ts";
import { Adam } from "./Adam.ts";
import { drawNormal, type Factors } from "./Factors.ts";
import type { EpochLearner } from "./learnByEpochs.ts";
import { makeTripletSampler, type Triplet } from "./sampleTriplet.ts";
import { makeSmoothing, type Vectors } from "./smoothGraph.ts";

export interface LightGcnOptions {
  /** Even. */
  readonly size: number;
  readonly layers: number;
  readonly rate: number;
  /** λ of the squared norms of the unsmoothed vectors that a triplet touches. */
  readonly ridge: number;
  /** Triplets of one step of Adam. */
  readonly batch: number;
  readonly seed: number;
}

/**
 * Learns LightGCN: vectors of users and items, smoothed over the graph of their interactions and trained by the
 * pairwise loss mean(softplus(s_uj − s_ui) + λ/2·(|e_u|² + |e_i|² + |e_j|²)) over sampled triplets, where
 * s_ui = ⟨p_u, q_i⟩ of the smoothed vectors and e are the unsmoothed ones. Smoothing is symmetric, so the
 * gradient by e is the smoothed gradient by p and q. An epoch draws as many triplets as there are interactions.
 * @see https://arxiv.org/abs/2002.02126
 */
export class LightGcnLearner implements EpochLearner {
  readonly #smooth: (from: Vectors, to: Vectors) => void;
  readonly #own: Vectors;
  readonly #smoothed: Vectors;
  readonly #pull: Vectors;
  readonly #gradient: Vectors;
  readonly #adams: { readonly user: Adam; readonly item: Adam };
  readonly #sample: (into: Triplet) => void;

  constructor(
    private readonly x: BinaryMatrix,
    private readonly options: LightGcnOptions,
  ) {
    const { size, layers, rate, seed } = options;
    const random = makeRandom(seed);
    const make = (): Vectors => ({
      user: new Float32Array(x.users * size),
      item: new Float32Array(x.items * size),
    });
    const deviation = Math.sqrt(2 / (x.users + x.items + 2 * size)) * 2;
    this.#own = {
      user: drawNormal(x.users * size, deviation, random),
      item: drawNormal(x.items * size, deviation, random),
    };
    [this.#smoothed, this.#pull, this.#gradient] = [make(), make(), make()];
    this.#smooth = makeSmoothing(x, size, layers);
    this.#adams = { user: new Adam(this.#own.user, rate), item: new Adam(this.#own.item, rate) };
    this.#sample = makeTripletSampler(x, random);
  }

  learn(): void {
    const { batch } = this.options;
    for (let left = this.x.rowItems.length; left > 0; left -= batch) {
      const triplets = Array.from({ length: Math.min(left, batch) }, () => {
        const triplet = { user: 0, positive: 0, negative: 0 };
        this.#sample(triplet);
        return triplet;
      });
      const gradient = this.differentiate(triplets).gradient;
      this.#adams.user.step(gradient.user);
      this.#adams.item.step(gradient.item);
    }
  }

  /** The loss of some triplets and its gradient by the unsmoothed vectors; the arrays are used again. */
  differentiate(triplets: readonly Triplet[]): { readonly loss: number; readonly gradient: Vectors } {
    const [pull, gradient, own] = [this.#pull, this.#gradient, this.#own];
    const share = 1 / triplets.length;
    this.#smooth(own, this.#smoothed);
    pull.user.fill(0);
    pull.item.fill(0);
    let loss = 0;
    for (const triplet of triplets) loss += share * this.#pullApart(triplet, share);
    this.#smooth(pull, gradient);
    for (const { user, positive, negative } of triplets) {
      loss += this.#shrink("user", user, share);
      loss += this.#shrink("item", positive, share);
      loss += this.#shrink("item", negative, share);
    }
    return { loss, gradient };
  }

  /** Adds one triplet's gradient by the smoothed vectors to `pull`, and gives its loss without the ridge. */
  #pullApart({ user, positive, negative }: Triplet, share: number): number {
    const { size } = this.options;
    const [{ user: p, item: q }, pull] = [this.#smoothed, this.#pull];
    const [u, i, j] = [user * size, positive * size, negative * size];
    let margin = 0;
    for (let c = 0; c < size; c++) margin += p[u + c] * (q[i + c] - q[j + c]);
    const slope = -share / (1 + Math.exp(margin));
    for (let c = 0; c < size; c++) {
      pull.user[u + c] += slope * (q[i + c] - q[j + c]);
      pull.item[i + c] += slope * p[u + c];
      pull.item[j + c] -= slope * p[u + c];
    }
    return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
  }

  #shrink(side: keyof Vectors, row: number, share: number): number {
    const { size, ridge } = this.options;
    const [own, gradient] = [this.#own[side], this.#gradient[side]];
    let squares = 0;
    for (let at = row * size; at < (row + 1) * size; at++) {
      gradient[at] += share * ridge * own[at];
      squares += own[at] * own[at];
    }
    return (share * ridge * squares) / 2;
  }

  /** The unsmoothed vectors themselves: a test moves them to check the gradient. */
  get parameters(): Vectors {
    return this.#own;
  }

  factors(): Factors {
    this.#smooth(this.#own, this.#smoothed);
    const { user, item } = this.#smoothed;
    return { size: this.options.size, user: user.slice(), item: item.slice(), bias: null };
  }
}
