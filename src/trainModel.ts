import type { Database } from "./kg/database.ts";
import { activateModel } from "./kg/models/activateModel.ts";
import type { ModelRecord } from "./kg/models/modelRow.ts";
import { readHistories } from "./kg/models/readHistories.ts";
import { storeModel } from "./kg/models/storeModel.ts";
import type { Graph } from "./kg/types.ts";
import { fitModel } from "./ranker/train/fitModel.ts";
import { holdOutOne } from "./ranker/train/holdOut.ts";
import { digestOf, packModel } from "./ranker/weights.ts";

/** Tells how far a training is, 0..1, and what it does. */
export type TrainProgress = (fraction: number, what: string) => void;

/**
 * Fits a model on what users did and what the graph says, stores it and makes it the one that serves. The
 * newest interaction of each user is held out while settings and weights are learned; statistics are counted
 * on all of them.
 */
export async function trainModel(
  db: Database,
  graph: Graph,
  {
    seed = 1,
    onProgress = () => undefined,
  }: { readonly seed?: number; readonly onProgress?: TrainProgress } = {},
): Promise<ModelRecord> {
  const started = performance.now();
  const histories = await readHistories(db, graph);
  const dataRevision = graph.revision;
  const { model, metrics } = await fitModel({
    graph,
    ...holdOutOne(histories, seed),
    all: histories,
    seed,
    onProgress: async (done, total) => {
      onProgress(done / (total + 1), `trial ${done} of ${total}`);
      await new Promise((resolve) => setImmediate(resolve)); // lets the health checks answer between trials
    },
  });
  const artifact = packModel(model);
  const config = { ...model.config, seed };
  return db.transaction(async (tx) => {
    const record = await storeModel(tx, {
      config,
      configDigest: digestOf(JSON.stringify(config)),
      dataRevision,
      interactions: histories.interactions,
      metrics: { ...metrics, seconds: (performance.now() - started) / 1000 },
      artifact,
      digest: digestOf(artifact),
    });
    await activateModel(tx, record.id);
    return record;
  });
}
