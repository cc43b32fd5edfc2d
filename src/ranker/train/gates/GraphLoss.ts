import { BatchGradients } from "../../embed/BatchGradients.ts";
import { drawNegatives, type NegativeSource } from "../../embed/drawNegatives.ts";
import { makeEmbedding } from "../../embed/makeEmbedding.ts";
import { collectObservedEnds } from "../../embed/observedEnds.ts";
import type { EmbedConfig, Embedding, TripleColumns } from "../../embed/types.ts";
import { AdamW } from "../../optimise/AdamW.ts";
import type { Random } from "../../random.ts";

/** How triples are learned beside the ranking: DistMult, softmax over negatives. */
export const GRAPH_CONFIG: EmbedConfig = {
  model: "distmult",
  dimension: 32,
  epochs: 10,
  batch: 512,
  negatives: 16,
  observed: 0.5,
  filtered: false,
  loss: "softmax",
  margin: 1,
  temperature: 0,
  rate: 0.01,
  warmUp: 1,
  decay: "cosine",
  weightDecay: 0,
  cubic: 0,
  patience: 3,
  validateEvery: 1,
  seed: 1,
};

/** The loss of the graph's triples on an embedding that is learned jointly with the ranking. */
export class GraphLoss {
  readonly embedding: Embedding;
  private readonly gradients: BatchGradients;
  private readonly source: NegativeSource;
  private readonly moves: AdamW;
  private readonly negatives = new Int32Array(GRAPH_CONFIG.negatives);

  constructor(
    private readonly triples: TripleColumns,
    private readonly random: Random,
  ) {
    this.embedding = makeEmbedding(triples, GRAPH_CONFIG, random);
    this.gradients = new BatchGradients(this.embedding, GRAPH_CONFIG);
    this.source = {
      entities: triples.entities,
      random,
      share: GRAPH_CONFIG.observed,
      observed: collectObservedEnds(triples),
      known: null,
    };
    this.moves = new AdamW(this.embedding.relations, {});
  }

  /**
   * Adds `weight` times the gradient of one batch of triples to that of the entities, moves the relations, and gives the
   * mean loss.
   */
  step(weight: number, rate: number, entities: Float32Array): number {
    const { head, relation, tail } = this.triples;
    const share = weight / (2 * GRAPH_CONFIG.batch);
    let loss = 0;
    for (let drawn = 0; drawn < GRAPH_CONFIG.batch; drawn++) {
      const at = Math.floor(this.random.next() * head.length);
      loss += this.ask("TAIL", [head[at], relation[at], tail[at]], share);
      loss += this.ask("HEAD", [tail[at], relation[at], head[at]], share);
    }
    this.spread(entities);
    const relations = new Float32Array(this.embedding.relations.length);
    spreadRows(this.gradients.relations, relations);
    this.moves.step(relations, rate);
    this.gradients.clear();
    return loss / (2 * GRAPH_CONFIG.batch);
  }

  private ask(side: "HEAD" | "TAIL", [entity, relation, answer]: [number, number, number], share: number) {
    drawNegatives(this.source, { side, entity, relation }, this.negatives);
    return this.gradients.add({ side, entity, relation, answer, negatives: this.negatives }, share);
  }

  private spread(entities: Float32Array): void {
    spreadRows(this.gradients.entities, entities);
  }
}

function spreadRows({ rows, values, count, width }: BatchGradients["entities"], into: Float32Array): void {
  for (let slot = 0; slot < count; slot++) {
    for (let k = 0; k < width; k++) into[rows[slot] * width + k] += values[slot * width + k];
  }
}
