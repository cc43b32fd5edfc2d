import { AdamW } from "../../optimise/AdamW.ts";
import type { Random } from "../../random.ts";
import { rowAt, type VectorSpace } from "../../spaces.ts";

const BATCH = 64;
const TEMPERATURE = 0.2;

/**
 * InfoNCE between the text of an entity and its embedding, with the other entities of the batch as negatives: it
 * teaches x_e and the projection P to agree, −log softmax_e ⟨P·t_e, x_e'⟩/T.
 * @see van den Oord et al. 2018
 */
export class TextLoss {
  private readonly projection: Float32Array;
  private readonly moves: AdamW;
  private readonly positions: readonly number[];

  constructor(
    private readonly text: VectorSpace,
    private readonly dim: number,
    private readonly random: Random,
  ) {
    const bound = Math.sqrt(3 / text.dim);
    const size = dim * text.dim;
    this.projection = Float32Array.from({ length: size }, () => (2 * random.next() - 1) * bound);
    this.moves = new AdamW(this.projection, { weightDecay: 0.1 });
    const all = Array.from({ length: text.to.length / text.dim }, (_, position) => position);
    this.positions = all.filter((position) =>
      rowAt(text.to, position, text.dim).some((value) => value !== 0),
    );
  }

  /** Adds `weight` times the gradient of one batch to the entities' [N × d], moves P, and gives the mean loss. */
  step(weight: number, rate: number, embedding: Float32Array, entities: Float32Array): number {
    const drawn = Array.from(
      { length: Math.min(BATCH, this.positions.length) },
      () => this.positions[Math.floor(this.random.next() * this.positions.length)],
    );
    const { dim, text } = this;
    const push = new Float32Array(this.projection.length);
    let loss = 0;
    for (const [at, position] of drawn.entries()) {
      const raw = rowAt(text.to, position, text.dim);
      const told = this.project(raw);
      const scores = drawn.map((other) => dot(told, embedding, other * dim) / TEMPERATURE);
      const highest = Math.max(...scores);
      const total = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0);
      loss -= (scores[at] - highest - Math.log(total)) / drawn.length;
      const toldPush = new Float64Array(dim);
      for (const [place, other] of drawn.entries()) {
        const share = Math.exp(scores[place] - highest) / total - Number(place === at);
        const pushed = (weight * share) / (drawn.length * TEMPERATURE);
        for (let k = 0; k < dim; k++) {
          toldPush[k] += pushed * embedding[other * dim + k];
          entities[other * dim + k] += pushed * told[k];
        }
      }
      for (let k = 0; k < dim; k++) {
        for (let s = 0; s < text.dim; s++) push[k * text.dim + s] += toldPush[k] * raw[s];
      }
    }
    this.moves.step(push, rate);
    return loss;
  }

  private project(raw: Float32Array): Float64Array {
    const told = new Float64Array(this.dim);
    for (let k = 0; k < this.dim; k++) told[k] = dot(raw, this.projection, k * raw.length);
    return told;
  }
}

function dot(a: ArrayLike<number>, values: Float32Array, from: number): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * values[from + k];
  return sum;
}
