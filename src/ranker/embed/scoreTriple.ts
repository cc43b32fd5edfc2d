import { findScorer } from "./findScorer.ts";
import type { Embedding, Side } from "./types.ts";

/** Scores one triple, given by indices; comparable within one relation. */
export function scoreTriple(embedding: Embedding, head: number, [relation, tail]: [number, number]): number {
  const { comparison } = findScorer(embedding.model);
  const query = makeQuery(embedding, "TAIL", [head, relation]);
  return comparison.compare(query, embedding.entities, tail * embedding.dimension);
}

/** Scores every entity as the missing `side` of a triple, into `out` [E]. */
export function scoreAll(
  embedding: Embedding,
  ask: { readonly side: Side; readonly entity: number; readonly relation: number },
  out: Float32Array,
): void {
  const { comparison } = findScorer(embedding.model);
  const { entities, dimension } = embedding;
  const query = makeQuery(embedding, ask.side, [ask.entity, ask.relation]);
  for (let entity = 0; entity < out.length; entity++) {
    out[entity] = comparison.compare(query, entities, entity * dimension);
  }
}

function makeQuery(
  { model, dimension, entities, relations }: Embedding,
  side: Side,
  [entity, relation]: [number, number],
): Float32Array {
  const scorer = findScorer(model);
  const width = scorer.relationWidth(dimension);
  const query = new Float32Array(dimension);
  const known = {
    entity: entities.subarray(entity * dimension, (entity + 1) * dimension),
    relation: relations.subarray(relation * width, (relation + 1) * width),
  };
  scorer.makeQuery(side, known, query);
  return query;
}
