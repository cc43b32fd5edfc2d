import { withoutGraph, withShuffledGraph } from "./ablations.ts";
import { ease } from "./baselines/ease.ts";
import { itemKnn } from "./baselines/itemKnn.ts";
import { makeItemModel, makeRecencyModel, shareSelection } from "./baselines/itemModel.ts";
import { popularity } from "./baselines/popularity.ts";
import { rp3beta } from "./baselines/rp3beta.ts";
import type { Protocol } from "./splitDataset.ts";
import type { RankedModel } from "./types.ts";
import { whygraphModel } from "./whygraphModel.ts";

const FAMILIES = [itemKnn, rp3beta, ease].map(shareSelection);
const ABLATIONS = [withoutGraph(whygraphModel()), withShuffledGraph(whygraphModel())];

/** Every model that evaluation knows, by name. */
export const MODELS: readonly RankedModel[] = [
  popularity,
  ...FAMILIES.map(makeItemModel),
  ...FAMILIES.map(makeRecencyModel),
  whygraphModel(),
  ...ABLATIONS,
];

/**
 * The models of a protocol's table. The recency variants are in it only where the protocol promises that a
 * user's rows are in the order of time; the ablations of whygraph must be asked for by name.
 */
export function findDefaultModels(protocol: Protocol): RankedModel[] {
  return MODELS.filter(
    (model) => !ABLATIONS.includes(model) && (protocol === "time" || !model.name.endsWith("+recency")),
  );
}
