import type { EmbedConfig, EmbeddingModel } from "./types.ts";

type Own = "loss" | "margin" | "rate" | "cubic";

const SHARED: Omit<EmbedConfig, Own | "model"> = {
  ...{ dimension: 64, epochs: 40, batch: 1024, negatives: 32, observed: 0.25, filtered: true },
  ...{ temperature: 1, warmUp: 1, weightDecay: 0, patience: 3, validateEvery: 5, seed: 1 },
  decay: "cosine",
};

/** What differs by model; chosen on validation triples of the development graphs. */
const OWN: Readonly<Record<EmbeddingModel, Pick<EmbedConfig, Own>>> = {
  transe: { loss: "softmax", margin: 9, rate: 0.01, cubic: 0 },
  distmult: { loss: "softmax", margin: 0, rate: 0.01, cubic: 0.03 },
  complex: { loss: "softmax", margin: 0, rate: 0.01, cubic: 0.03 },
  rotate: { loss: "softmax", margin: 9, rate: 0.02, cubic: 0 },
};

/** The settings of a model that nobody has chosen others for. */
export function defaultConfig(model: EmbeddingModel): EmbedConfig {
  return { ...SHARED, ...OWN[model], model };
}
