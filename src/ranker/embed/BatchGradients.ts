import { RowGradients } from "../optimise/RowGradients.ts";
import { findScorer } from "./findScorer.ts";
import { makeLoss, type QueryLoss } from "./makeLoss.ts";
import type { EmbedConfig, Embedding, Known, Side, TripleScorer } from "./types.ts";

/** A negative whose share of the loss's slope is below moves nothing. */
const LEAST_SLOPE = 1e-7;

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
  /** What the query is made of, and its gradients: copies, because a view of a table costs more. */
  readonly #known: Known;
  readonly #knownSlopes: Known & { readonly query: Float32Array };
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
    this.#known = { entity: new Float32Array(dimension), relation: new Float32Array(width) };
    this.#knownSlopes = {
      ...{ entity: new Float32Array(dimension), relation: new Float32Array(width) },
      query: this.#slope,
    };
    this.#scores = new Float64Array(negatives + 1);
    this.#slopes = new Float64Array(negatives + 1);
    this.#of = { query: this.#query, table: entities, at: 0 };
    this.#to = { query: this.#slope, table: this.entities.values, at: 0 };
  }

  /** Adds `weight` times the gradient of one query's loss, the cubic term included, and gives the loss. */
  add(query: Query, weight: number): number {
    const { entities, dimension } = this.embedding;
    const { comparison } = this.#scorer;
    copyRow(entities, query.entity, this.#known.entity);
    copyRow(this.embedding.relations, query.relation, this.#known.relation);
    this.#scorer.makeQuery(query.side, this.#known, this.#query);
    this.#scores[0] = comparison.compare(this.#query, entities, query.answer * dimension);
    for (let at = 0; at < query.negatives.length; at++) {
      this.#scores[at + 1] = comparison.compare(this.#query, entities, query.negatives[at] * dimension);
    }
    const loss = this.#loss(this.#scores, this.#slopes);
    this.#slope.fill(0);
    this.#addAnswer(query.answer, weight * this.#slopes[0]);
    for (let at = 0; at < query.negatives.length; at++) {
      // What is far below the others moves nothing, and its denormal numbers are slow.
      if (this.#slopes[at + 1] > LEAST_SLOPE) {
        this.#addAnswer(query.negatives[at], weight * this.#slopes[at + 1]);
      }
    }
    this.#addKnown(query);
    return loss + this.#addCubic(query, weight);
  }

  clear(): void {
    this.entities.clear();
    this.relations.clear();
  }

  #addAnswer(answer: number, slope: number): void {
    this.#of.at = answer * this.embedding.dimension;
    this.#to.at = this.entities.touch(answer);
    this.#scorer.comparison.addGradient(slope, this.#of, this.#to);
  }

  #addKnown({ side, entity, relation }: Query): void {
    const slopes = this.#knownSlopes;
    slopes.entity.fill(0);
    slopes.relation.fill(0);
    this.#scorer.addQueryGradient(side, this.#known, slopes);
    addToRow(this.entities, entity, slopes.entity);
    addToRow(this.relations, relation, slopes.relation);
  }

  /** λ·Σ|x|³ over the vectors of the true triple, with its slope 3λ·|x|·x. */
  #addCubic({ entity, relation, answer }: Query, weight: number): number {
    const { cubic } = this.config;
    if (cubic === 0) return 0;
    const { entities, relations } = this.embedding;
    return (
      cubic *
      (addCubicSlope(entities, this.entities, { row: entity, scale: weight * cubic }) +
        addCubicSlope(relations, this.relations, { row: relation, scale: weight * cubic }) +
        addCubicSlope(entities, this.entities, { row: answer, scale: weight * cubic }))
    );
  }
}

/** Adds `scale` · 3|x|·x to the gradient of a row, and gives its Σ|x|³. */
function addCubicSlope(
  table: Float32Array,
  gradients: RowGradients,
  { row, scale }: { readonly row: number; readonly scale: number },
): number {
  const [from, to] = [row * gradients.width, gradients.touch(row)];
  let sum = 0;
  for (let index = 0; index < gradients.width; index++) {
    const slope = Math.abs(table[from + index]) * table[from + index];
    sum += Math.abs(slope * table[from + index]);
    gradients.values[to + index] += 3 * scale * slope;
  }
  return sum;
}

function copyRow(table: Float32Array, row: number, into: Float32Array): void {
  for (let index = 0; index < into.length; index++) into[index] = table[row * into.length + index];
}

function addToRow(gradients: RowGradients, row: number, slopes: Float32Array): void {
  const at = gradients.touch(row);
  for (let index = 0; index < slopes.length; index++) gradients.values[at + index] += slopes[index];
}
