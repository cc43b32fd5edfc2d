import type { Context } from "./context.ts";
import { DomainError } from "./errors.ts";
import type { Database } from "./kg/database.ts";
import { findModel, findModels } from "./kg/models/findModels.ts";
import { loadActiveModel } from "./kg/models/loadActiveModel.ts";
import type { LiveSnapshot } from "./kg/snapshot/openLiveSnapshot.ts";
import { createRanker, type Ranker } from "./ranker/createRanker.ts";
import { DEFAULT_CONFIG, type Model, type ModelConfig } from "./ranker/model.ts";
import { defaultWeights } from "./ranker/train/Search.ts";
import type { ModelInfo } from "./ranker/types.ts";
import { digestOf, unpackModel } from "./ranker/weights.ts";
import { type TrainProgress, trainModel } from "./trainModel.ts";

/** The stored models, and the one that serves. */
export type Models = Context["models"] & {
  /** The active model bound to the snapshot of now; a new one where either has changed. */
  ranker(): Ranker;
  /** Fits and activates a model where none is active; false where one was. */
  fitIfNone(onProgress?: TrainProgress): Promise<boolean>;
};

interface Loaded {
  readonly info: ModelInfo;
  readonly model: Model;
}

/** Opens the models: loads the active one and follows its changes, in every process within a moment. */
export async function openModels(db: Database, snapshot: LiveSnapshot): Promise<Models> {
  let loaded = (await loadModel(db)) ?? UNFITTED;
  let ranker = createRanker(loaded.info, loaded.model, snapshot.graph);
  let boundTo = snapshot.graph;

  const reload = async (id: string) => {
    if (id === loaded.info.id) return;
    const next = await loadModel(db);
    if (!next || next.info.id === loaded.info.id) return;
    loaded = next;
    ranker = createRanker(loaded.info, loaded.model, snapshot.graph);
    boundTo = snapshot.graph;
  };
  // One after the other: what this process fitted itself is not loaded again when it hears of it, and of two
  // that are activated in quick succession the newer stays.
  let reloaded: Promise<void> = Promise.resolve();
  const follow = (id: string): Promise<void> => {
    const done = reloaded.then(() => reload(id));
    reloaded = done.catch(() => undefined);
    return done;
  };
  snapshot.onModelChange((id) => {
    // The model that serves goes on serving; the reason is for whoever runs the gateway.
    follow(id).catch((error) => console.error(`whygraph: the new model is not used: ${error.message}`));
  });
  return {
    ranker() {
      if (boundTo !== snapshot.graph) {
        boundTo = snapshot.graph;
        ranker = createRanker(loaded.info, loaded.model, boundTo);
      }
      return ranker;
    },
    active: () => loaded.info,
    findModels: (page) => findModels(db, page),
    findModel: (id) => findModel(db, id),
    async fitIfNone(onProgress) {
      if (loaded !== UNFITTED) return false;
      const { id } = await trainModel(db, snapshot.graph, { onProgress });
      await follow(id);
      return true;
    },
  };
}

const UNFITTED_CONFIG: ModelConfig = { ...DEFAULT_CONFIG, sources: [] };

/** What ranks before anything was fitted: shared entities with equal weights. */
const UNFITTED: Loaded = {
  info: {
    id: "0",
    digest: "",
    configDigest: "",
    config: { ...UNFITTED_CONFIG },
    dataRevision: "0",
    metrics: {},
    createdAt: new Date(0),
  },
  model: {
    config: UNFITTED_CONFIG,
    weights: defaultWeights(UNFITTED_CONFIG),
    statistics: {
      ids: new Float64Array(0),
      degree: new Uint32Array(0),
      popularity: new Uint32Array(0),
    },
    sources: [],
    spaces: [],
    gates: null,
  },
};

async function loadModel(db: Database): Promise<Loaded | null> {
  const stored = await loadActiveModel(db);
  if (!stored) return null;
  const { record, artifact } = stored;
  const digest = digestOf(artifact);
  if (digest !== record.digest) {
    throw new DomainError(
      "CONFIGURATION",
      `model ${record.id} has the digest ${digest}; expected ${record.digest}`,
    );
  }
  return { info: record, model: unpackModel(artifact) };
}
