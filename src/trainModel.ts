import { join } from "node:path";
import type { Database } from "./kg/database.ts";
import { activateModel } from "./kg/models/activateModel.ts";
import { readHistories } from "./kg/models/readHistories.ts";
import { sampleEntities } from "./kg/models/sampleEntities.ts";
import { storeModel } from "./kg/models/storeModel.ts";
import type { Graph, ModelData, ModelRecord } from "./kg/types.ts";
import { loadVectorSets } from "./kg/vectors/loadVectors.ts";
import { sortKeys } from "./models/sortKeys.ts";
import { bindModel } from "./ranker/bindModel.ts";
import type { Model, ModelConfig } from "./ranker/model.ts";
import { openMetricLog } from "./ranker/optimise/openMetricLog.ts";
import type { Tf } from "./ranker/tf.ts";
import { type FitOptions, fitModel } from "./ranker/train/fitModel.ts";
import { holdOutOne } from "./ranker/train/holdOut.ts";
import { digestOf, packModel } from "./ranker/weights.ts";

const SAMPLE = 64; // entities whose keys tell this graph from another

/** Tells how far a training is, 0..1, and what it does. */
export type TrainProgress = (fraction: number, what: string) => void | Promise<void>;

export interface TrainOptions {
  readonly seed?: number;
  /** Settings that are fixed; the others are searched over. */
  readonly config?: Partial<ModelConfig>;
  /** For the factors of behaviour; without it there are none. */
  readonly tf?: Tf | null;
  /** Folder that the metrics of the training are written to. */
  readonly log?: string | null;
  readonly onProgress?: TrainProgress;
}

/** Fits a model on what the database holds, stores it and makes it the one that serves. */
export async function trainModel(
  db: Database,
  graph: Graph,
  options: TrainOptions & { readonly actor?: string } = {},
): Promise<ModelRecord> {
  const record = await fitAndStore(db, graph, options);
  await db.transaction((tx) => activateModel(tx, record.id, { actor: options.actor ?? "whygraph" }));
  return record;
}

/** Opens one metric log for the factors and one for the gates. */
async function openLogs(folder: string): Promise<Pick<FitOptions, "onFactorStep" | "onGateEpoch">> {
  const [factors, gates] = await Promise.all(
    ["factors", "gates"].map((part) => openMetricLog(join(folder, part))),
  );
  return {
    onFactorStep: (done, total, loss) => factors.append({ epoch: done, total, loss }),
    onGateEpoch: (numbers) => gates.append({ ...numbers }),
  };
}

/**
 * Fits a model on what users did, what the graph says and the vectors of its entities, and stores it. The newest
 * interaction of each user is held out while settings and weights are learned; statistics are counted on all
 * of them. It keeps its thread busy for seconds to minutes.
 */
export async function fitAndStore(
  db: Database,
  graph: Graph,
  { seed = 1, config: fixed = {}, tf = null, log = null, onProgress = () => undefined }: TrainOptions = {},
): Promise<ModelRecord> {
  const started = performance.now();
  const histories = await readHistories(db, graph);
  const dataRevision = graph.revision;
  const { model, metrics } = await fitModel({
    graph,
    ...holdOutOne(histories, seed),
    all: histories,
    vectors: await loadVectorSets(db),
    ...{ seed, fixed, tf },
    ...(log ? await openLogs(log) : {}),
    onProgress: (done, total) => onProgress(done / (total + 1), `trial ${done} of ${total}`),
  });
  // Settings come back from Postgres and from files in another order: equal ones make equal digests.
  const artifact = packModel({ ...model, config: sortKeys(model.config) });
  const config = sortKeys({ ...model.config, seed });
  const { keys } = await sampleEntities(db, model.statistics.ids, SAMPLE);
  const data: ModelData = {
    users: histories.userKeys,
    ...countGraph(graph),
    split: histories.ordered
      ? "the newest interaction of each user with at least 3 is held out"
      : "one interaction of each user with at least 3, drawn by the seed, is held out",
    seconds: (performance.now() - started) / 1000,
    fusion: readFusion(model, graph),
    sample: Object.fromEntries(keys),
  };
  const stored = {
    ...{ config, dataRevision, metrics, data, artifact },
    configDigest: digestOf(JSON.stringify(config)),
    interactions: histories.interactions,
    seen: histories.seen,
    digest: digestOf(artifact),
  };
  // The commit is a message of its own: where this process is killed while it waits to store, nothing stays.
  return db.transaction((tx) => storeModel(tx, stored));
}

function countGraph(graph: Graph): Pick<ModelData, "items" | "entities" | "triples"> {
  let items = 0;
  for (let index = 0; index < graph.size; index++) if (graph.isItem(index)) items++;
  return { items, entities: graph.size, triples: graph.tripleCount };
}

/** ω of each component, by its name. */
function readFusion(model: Model, graph: Graph): ModelData["fusion"] {
  const { weightOf } = bindModel(model, graph);
  const fusion: Record<string, number> = {};
  for (const kind of ["BEHAVIOUR", "ITEM", "KNOWLEDGE"] as const) fusion[kind] = weightOf(kind);
  model.spaces.forEach(({ kind, name }, space) => {
    if (kind !== "BEHAVIOUR") fusion[`${kind} ${name}`] = weightOf(kind, space);
  });
  return fusion;
}
