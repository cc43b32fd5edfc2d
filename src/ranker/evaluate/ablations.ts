import { makeRandom } from "../random.ts";
import { taughtRows } from "./baselines/itemModel.ts";
import type { RankedModel, Training } from "./types.ts";
import { cutUserRows } from "./userRows.ts";

/** Makes the same model without a graph: what it reaches is what interactions alone are worth. */
export function withoutGraph(model: RankedModel): RankedModel {
  return {
    ...model,
    name: `${model.name}-no-graph`,
    fit: (training, seed) =>
      model.fit({ ...training, graph: null, itemIndexToEntity: countUp(training) }, seed),
  };
}

/** Makes the same model without the items' texts. */
export function withoutText(model: RankedModel): RankedModel {
  return {
    ...model,
    name: `${model.name}-no-text`,
    fit: (training, seed) => model.fit({ ...training, vectors: null }, seed),
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

/**
 * Makes the same model trained as it is for serving: whatever the protocol holds out for its selection is given
 * back, and the newest interaction of each user is held out instead. So it has never been told that items
 * without interactions will be asked for.
 */
export function trainedWarm(model: RankedModel): RankedModel {
  return {
    ...model,
    name: `${model.name}-warm`,
    fit(training, seed) {
      const final = taughtRows(training);
      const [train, valid] = cutUserRows(final, (_, count) => (count < 3 ? count : count - 1));
      return model.fit({ ...training, train, valid, masked: undefined, final }, seed);
    },
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
