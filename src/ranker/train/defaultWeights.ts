import { layOutGroups, makeDefaultShapes } from "../groups.ts";
import type { FusionWeights, ModelConfig } from "../model.ts";
import type { VectorSpace } from "../spaces.ts";

/** The weights of a model that has learned nothing. */
export function defaultWeights(config: ModelConfig, spaces: readonly VectorSpace[] = []): FusionWeights {
  const names = config.sources.map(({ name }) => name);
  return { bias: 0, ...makeDefaultShapes(layOutGroups(names, spaces)) };
}
