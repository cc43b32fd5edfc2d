import type { Random } from "../random.ts";
import { findScorer } from "./findScorer.ts";
import type { EmbedConfig, Embedding, TripleColumns } from "./types.ts";

/**
 * Makes the vectors that a training begins with, uniform: distances in ± (γ + 2) / D, so that all begin near
 * the margin; products in ± √(6 / 2D) after Glorot; angles anywhere.
 */
export function makeEmbedding(
  { entities, relations }: Pick<TripleColumns, "entities" | "relations">,
  { model, dimension, margin }: EmbedConfig,
  random: Random,
): Embedding {
  const scorer = findScorer(model);
  const bound = scorer.isDistance ? (margin + 2) / dimension : Math.sqrt(3 / dimension);
  const fill = (length: number, most: number) =>
    Float32Array.from({ length }, () => (2 * random.next() - 1) * most);
  return {
    ...{ model, dimension },
    entities: fill(entities * dimension, bound),
    relations: fill(relations * scorer.relationWidth(dimension), scorer.relationBound ?? bound),
  };
}
