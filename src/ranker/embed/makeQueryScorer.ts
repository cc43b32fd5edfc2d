import { findScorer } from "./findScorer.ts";
import type { Embedding, Side } from "./types.ts";

/** One question: which entity is at the missing `side`? Indices of rows. */
export interface Ask {
  readonly side: Side;
  readonly entity: number;
  readonly relation: number;
}

/** Makes the score of one answer after another to the same question: the query is made once. */
export function makeQueryScorer(
  embedding: Embedding,
  { side, entity, relation }: Ask,
): (answer: number) => number {
  const { model, dimension, entities, relations } = embedding;
  const scorer = findScorer(model);
  const width = scorer.relationWidth(dimension);
  const query = new Float32Array(dimension);
  const known = {
    entity: entities.subarray(entity * dimension, (entity + 1) * dimension),
    relation: relations.subarray(relation * width, (relation + 1) * width),
  };
  scorer.makeQuery(side, known, query);
  return (answer) => scorer.comparison.compare(query, entities, answer * dimension);
}
