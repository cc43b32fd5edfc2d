import { type Ask, makeQueryScorer } from "./makeQueryScorer.ts";
import type { Embedding } from "./types.ts";

/** Scores one triple, given by indices; comparable within one relation. */
export function scoreTriple(embedding: Embedding, head: number, [relation, tail]: [number, number]): number {
  return makeQueryScorer(embedding, { side: "TAIL", entity: head, relation })(tail);
}

/** Scores every entity as the missing end of a triple, into `out` [E]. */
export function scoreAll(embedding: Embedding, ask: Ask, out: Float32Array): void {
  const score = makeQueryScorer(embedding, ask);
  for (let entity = 0; entity < out.length; entity++) out[entity] = score(entity);
}
