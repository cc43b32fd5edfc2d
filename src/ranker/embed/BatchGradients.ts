import { RowGradients } from "../optimise/RowGradients.ts";
import { findScorer } from "./findScorer.ts";
import { makeLoss, type QueryLoss } from "./makeLoss.ts";
import type { EmbedConfig, Embedding, Side, TripleScorer } from "./types.ts";

/** One query with its true answer and its negatives, as indices. */
export interface Query {
  readonly side: Side;
  readonly entity: number;
  readonly relation: number;
  readonly answer: number;
  readonly negatives: Int32Array;
}

/** Sums the gradients of the loss over the queries of a batch; the parameters stay as they are. */
export class BatchGradients {
  /** Per entity row [D] and relation row [D']. */
  readonly entities: RowGradients;
  readonly relations: RowGradients;
  readonly #scorer: TripleScorer;
  readonly #loss: QueryLoss;
  readonly #query: Float32Array;
  readonly #slope: Float32Array;
  readonly #scores: Float64Array;
  readonly #slopes: Float64Array;
  // Made once: a batch adds some hundred thousand answers.
  readonly #of: { query: Float32Array; table: Float32Array; at: number };
  readonly #to: { query: Float32Array; table: Float32Array; at: number };

  constructor(
    private readonly embedding: Embedding,
    private readonly config: EmbedConfig,
  ) {
    const { dimension, model, entities, relations } = embedding;
    const { batch, negatives } = config;
    this.#scorer = findScorer(model);
    const width = this.#scorer.relationWidth(dimension);
    this.entities = new RowGradients(entities.length / dimension, dimension, 2 * batch * (negatives + 2));
    this.relations = new RowGradients(relations.length / width, width, relations.length / width);
    this.#loss = makeLoss(config);
    this.#query = new Float32Array(dimension);
    this.#slope = new Float32Array(dimension);
    this.#scores = new Float64Array(negatives + 1);
    this.#slopes = new Float64Array(negatives + 1);
    this.#of = { query: this.#query, table: entities, at: 0 };
    this.#to = { query: this.#slope, table: this.entities.values, at: 0 };
  }

  /** Adds `weight` times the gradient of one query's loss, the cubic term included, and gives the loss. */
  add(query: Query, weight: number): number {
    const { entities, dimension } = this.embedding;
    const { comparison } = this.#scorer;
    const known = this.#known(query);
    this.#scorer.makeQuery(query.side, known, this.#query);
    this.#scores[0] = comparison.compare(this.#query, entities, query.answer * dimension);
    for (let at = 0; at < query.negatives.length; at++) {
      this.#scores[at + 1] = comparison.compare(this.#query, entities, query.negatives[at] * dimension);
    }
    const loss = this.#loss(this.#scores, this.#slopes);
    this.#slope.fill(0);
    this.#addAnswer(query.answer, weight * this.#slopes[0]);
    for (let at = 0; at < query.negatives.length; at++) {
      if (this.#slopes[at + 1] !== 0) this.#addAnswer(query.negatives[at], weight * this.#slopes[at + 1]);
    }
    this.#addKnown(query, known);
    return loss + this.#addCubic(query, weight);
  }

  clear(): void {
    this.entities.clear();
    this.relations.clear();
  }

  #known({ entity, relation }: Query) {
    const { entities, relations, dimension } = this.embedding;
    const { width } = this.relations;
    return {
      entity: entities.subarray(entity * dimension, (entity + 1) * dimension),
      relation: relations.subarray(relation * width, (relation + 1) * width),
    };
  }

  #addAnswer(answer: number, slope: number): void {
    this.#of.at = answer * this.embedding.dimension;
    this.#to.at = this.entities.touch(answer);
    this.#scorer.comparison.addGradient(slope, this.#of, this.#to);
  }

  #addKnown(
    { side, entity, relation }: Query,
    known: { entity: Float32Array; relation: Float32Array },
  ): void {
    this.#scorer.addQueryGradient(side, known, {
      query: this.#slope,
      entity: rowOf(this.entities, entity),
      relation: rowOf(this.relations, relation),
    });
  }

  /** λ·Σ|x|³ over the vectors of the true triple, with its slope 3λ·|x|·x. */
  #addCubic({ entity, relation, answer }: Query, weight: number): number {
    const { cubic } = this.config;
    if (cubic === 0) return 0;
    const { entities, relations } = this.embedding;
    let sum = 0;
    for (const [table, gradients, row] of [
      [entities, this.entities, entity],
      [relations, this.relations, relation],
      [entities, this.entities, answer],
    ] as const) {
      const [from, to] = [row * gradients.width, gradients.touch(row)];
      for (let index = 0; index < gradients.width; index++) {
        const value = table[from + index];
        sum += Math.abs(value) * value * value;
        gradients.values[to + index] += weight * cubic * 3 * Math.abs(value) * value;
      }
    }
    return cubic * sum;
  }
}

function rowOf(gradients: RowGradients, row: number): Float32Array {
  const at = gradients.touch(row);
  return gradients.values.subarray(at, at + gradients.width);
}
