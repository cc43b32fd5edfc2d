import { crossFit } from "./crossFit.ts";
import { type AdditiveModel, type FittedShapes, fitShapes, scoreMasses } from "./fitShapes.ts";
import { measureAuc } from "./measureAuc.ts";
import { type Masses, measureMasses } from "./measureMasses.ts";
import type { CtrData, CtrSplit } from "./types.ts";
import { type GraphSteps, makeWorld } from "./World.ts";

/** The masses of one split: of the training rows by cross-fit, of the others in the world of all training rows. */
export interface SplitMasses {
  readonly train: Masses;
  readonly valid: Masses;
  readonly test: Masses;
}

/** Which groups a variant may use, and whether their shapes may bend. */
export interface Variant {
  readonly name: string;
  readonly concave: boolean;
  allows(group: string): boolean;
}

const RIDGES = [1e-2, 1e-3, 1e-4, 1e-5];

/** Measures the masses that every variant of the model is fitted on. */
export function measureSplit(
  data: CtrData,
  split: CtrSplit,
  options: { readonly graph: GraphSteps; readonly folds: number; readonly seed: number },
): SplitMasses {
  const world = makeWorld(data, split.train, options.graph);
  return {
    train: crossFit(data, split.train, options),
    valid: measureMasses(data, world, split.valid),
    test: measureMasses(data, world, split.test),
  };
}

/** Fits the shapes on train with the ridge that has the highest AUC on valid. */
export function fitAdditive(
  masses: Pick<SplitMasses, "train" | "valid">,
  labels: { readonly train: Uint8Array; readonly valid: Uint8Array },
  variant: Variant,
): { readonly model: AdditiveModel; readonly ridge: number } {
  const train = keepGroups(masses.train, variant);
  const valid = keepGroups(masses.valid, variant);
  let best: { model: AdditiveModel; ridge: number; auc: number } | null = null;
  let start: FittedShapes | undefined;
  for (const ridge of RIDGES) {
    start = fitShapes(train, labels.train, { ridge, concave: variant.concave, start });
    const auc = measureAuc(labels.valid, scoreMasses(start.model, valid));
    if (!best || auc > best.auc) best = { model: start.model, ridge, auc };
  }
  if (!best) throw new RangeError("no ridge to choose from");
  return best;
}

/** The masses of the groups that a variant may use. */
export function keepGroups({ groups, values }: Masses, variant: Pick<Variant, "allows">): Masses {
  return {
    groups: groups.filter((group) => variant.allows(group)),
    values: values.filter((_, at) => variant.allows(groups[at])),
  };
}
