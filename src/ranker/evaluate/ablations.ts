import { makeRandom } from "../random.ts";
import type { RankedModel, Training } from "./types.ts";

/** Makes the same model without a graph: what it reaches is what interactions alone are worth. */
export function withoutGraph(model: RankedModel): RankedModel {
  return {
    ...model,
    name: `${model.name}-no-graph`,
    fit: (training, seed) =>
      model.fit({ ...training, graph: null, itemIndexToEntity: countUp(training) }, seed),
  };
}

/**
 * Makes the same model with the facts of each item swapped for those of another: the graph keeps its degrees
 * and its shape and loses its meaning. A graph that is worth something must beat this one.
 */
export function withShuffledGraph(model: RankedModel): RankedModel {
  return {
    ...model,
    name: `${model.name}-shuffled-graph`,
    seeded: true,
    fit: (training, seed) =>
      model.fit({ ...training, itemIndexToEntity: shuffle(training.itemIndexToEntity, seed) }, seed),
  };
}

function countUp({ items }: Training): Int32Array {
  return Int32Array.from({ length: items }, (_, item) => item);
}

/** Fisher–Yates. */
function shuffle(values: Int32Array, seed: number): Int32Array {
  const random = makeRandom(seed);
  const shuffled = values.slice();
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other], shuffled[last]];
  }
  return shuffled;
}
