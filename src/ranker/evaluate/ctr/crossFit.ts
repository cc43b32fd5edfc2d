import { Random } from "../../random.ts";
import { type Masses, measureMasses } from "./measureMasses.ts";
import type { CtrData } from "./types.ts";
import { type GraphSteps, makeWorld } from "./World.ts";

/**
 * Measures the training rows as if each had never been seen: the rows are dealt into `folds` parts, and each part
 * is measured in the world of the others. A statistic that has seen the pair that it should predict would be
 * trusted far too much. Many folds, because the thinner the world, the less its masses are those of the test.
 */
export function crossFit(
  data: CtrData,
  train: Int32Array,
  { graph, folds, seed }: { readonly graph: GraphSteps; readonly folds: number; readonly seed: number },
): Masses {
  const random = new Random(seed);
  const foldOf = Int32Array.from(train, () => random.below(folds));
  let groups: readonly string[] = [];
  let values: readonly Float64Array[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const rest = train.filter((_, at) => foldOf[at] !== fold);
    const places = train.map((_, at) => at).filter((at) => foldOf[at] === fold);
    const part = measureMasses(
      data,
      makeWorld(data, rest, graph),
      places.map((at) => train[at]),
    );
    groups = part.groups;
    if (fold === 0) values = groups.map(() => new Float64Array(train.length));
    for (const [group, column] of part.values.entries()) {
      for (let at = 0; at < places.length; at++) values[group][places[at]] = column[at];
    }
  }
  return { groups, values };
}
