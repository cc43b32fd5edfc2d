import { trainedWarm, withoutGraph, withoutText, withShuffledGraph } from "./ablations.ts";
import { bpr } from "./baselines/bpr.ts";
import { ease } from "./baselines/ease.ts";
import { edlae } from "./baselines/edlae.ts";
import { makeFactorModel, makeFactorRecencyModel, shareFactors } from "./baselines/factors/factorModel.ts";
import { ials } from "./baselines/ials.ts";
import { itemKnn } from "./baselines/itemKnn.ts";
import { makeItemModel, makeRecencyModel, shareSelection } from "./baselines/itemModel.ts";
import { lightGcn } from "./baselines/lightGcn.ts";
import { popularity } from "./baselines/popularity.ts";
import { rp3beta } from "./baselines/rp3beta.ts";
import { random } from "./cold/random.ts";
import { sharedEntities } from "./cold/sharedEntities.ts";
import { textOnly } from "./cold/textOnly.ts";
import { RANKING_PROTOCOLS, type RankingProtocolName } from "./protocols/index.ts";
import type { RankedModel } from "./types.ts";
import { whygraphModel, whygraphVariant } from "./whygraphModel.ts";

const FAMILIES = [itemKnn, rp3beta, ease, edlae].map(shareSelection);
const FACTORS = [bpr, ials, lightGcn].map(shareFactors);
const WARM_BASELINES = [popularity, ...FAMILIES.map(makeItemModel), ...FACTORS.map(makeFactorModel)];
const RECENCY_BASELINES = [...FAMILIES.map(makeRecencyModel), ...FACTORS.map(makeFactorRecencyModel)];
/** An item that nobody touched has no place in what baselines learn from users. */
const COLD_BASELINES = [random, popularity, sharedEntities, textOnly];
const WARM = trainedWarm(whygraphModel());
const NO_TEXT = withoutText(whygraphModel());
const ABLATIONS = [
  withoutGraph(whygraphModel()),
  withShuffledGraph(whygraphModel()),
  whygraphModel("whygraph-no-behaviour", { sources: [], factors: null, reach: 0 }),
  whygraphVariant("whygraph-dynamic", { fusion: "dynamic" }),
  whygraphVariant("whygraph-collaborative", { fusion: "collaborative" }),
  whygraphVariant("whygraph-linear", { shape: "linear" }),
  whygraphVariant("whygraph-concave", { shape: "concave" }),
  whygraphVariant("whygraph-no-factors", { factors: null }),
  whygraphVariant("whygraph-8-bits", { bits: 8 }),
  whygraphVariant("whygraph-100-neighbours", { neighbours: 100 }),
];

/** Every model that evaluation knows, by name. */
export const MODELS: readonly RankedModel[] = [
  ...WARM_BASELINES,
  ...RECENCY_BASELINES,
  ...COLD_BASELINES.filter((model) => model !== popularity),
  whygraphModel(),
  WARM,
  NO_TEXT,
  ...ABLATIONS,
];

/**
 * The models of a protocol's table. The recency variants are in it only where the protocol promises that a
 * user's rows are in the order of time; the ablations of whygraph must be asked for, and one without text is in
 * it only where there is text.
 */
export function findDefaultModels(
  protocol: RankingProtocolName,
  { ablations = false, text = false }: { readonly ablations?: boolean; readonly text?: boolean } = {},
): RankedModel[] {
  const baselines =
    protocol === "cold"
      ? COLD_BASELINES
      : [...WARM_BASELINES, ...(RANKING_PROTOCOLS[protocol].temporal ? RECENCY_BASELINES : [])];
  return [
    ...baselines,
    whygraphModel(),
    ...(protocol === "cold" ? [WARM] : []),
    ...(ablations && text ? [NO_TEXT] : []),
    ...(ablations ? ABLATIONS : []),
  ];
}
