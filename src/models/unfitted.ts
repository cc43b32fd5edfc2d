import { DEFAULT_CONFIG, type Model, type ModelConfig } from "../ranker/model.ts";
import { defaultWeights } from "../ranker/train/defaultWeights.ts";
import type { ModelInfo } from "../ranker/types.ts";

const CONFIG: ModelConfig = { ...DEFAULT_CONFIG, sources: [] };

/** What ranks before anything was fitted: shared entities with equal weights. */
export const UNFITTED: { readonly info: ModelInfo; readonly model: Model } = {
  info: {
    id: "0",
    digest: "",
    configDigest: "",
    config: { ...CONFIG },
    dataRevision: "0",
    metrics: {},
    createdAt: new Date(0),
  },
  model: {
    config: CONFIG,
    weights: defaultWeights(CONFIG),
    statistics: {
      ids: new Float64Array(0),
      degree: new Uint32Array(0),
      popularity: new Uint32Array(0),
      recent: new Uint32Array(0),
    },
    sources: [],
    liveScale: 1,
    spaces: [],
    gates: null,
  },
};
