import type { Context } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { Database } from "../kg/database.ts";
import { findModel, findModels } from "../kg/models/findModels.ts";
import { loadActiveModel, loadModel, type StoredModel } from "../kg/models/loadModel.ts";
import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import type { Graph, StoredVectorSet } from "../kg/types.ts";
import { loadVectorSets } from "../kg/vectors/loadVectors.ts";
import { openLiveCounts } from "../openLiveCounts.ts";
import type { LiveCounts } from "../ranker/behaviour/LiveCounts.ts";
import type { Ranker } from "../ranker/createRanker.ts";
import type { Model } from "../ranker/model.ts";
import type { ModelInfo } from "../ranker/types.ts";
import { changeActive } from "./changeActive.ts";
import { checkModel } from "./checkModel.ts";
import { ServedModel } from "./ServedModel.ts";
import { UNFITTED } from "./unfitted.ts";

const RETRY_MS = 1_000;

/** A model that stays the same while another takes over. */
export interface PinnedModel {
  readonly info: ModelInfo;
  /** Versions of the vectors that it is bound with, as of `Ranker`. */
  readonly vectors: string | null;
  /** The model at work on a graph of one's own, with the live counts or with others. */
  on(graph: Graph, counts?: LiveCounts): Ranker;
}

/** The stored models, and the one that serves. */
export type Models = Context["models"] & {
  /** The active model bound to the snapshot of now; a new one where either has changed. */
  ranker(): Ranker;
  /** The same for one request: the model that it meets first stays its model. */
  pin(): () => Ranker;
  /** The model that serves, to be bound to other graphs than the live one. */
  pinModel(): PinnedModel;
  /**
   * A stored model, to be bound to graphs of one's own; null where there is none with this id.
   * @throws {DomainError} CONFIGURATION where it cannot rank this graph
   */
  pinStored(id: string): Promise<PinnedModel | null>;
  /** The live counts of the model that serves, and what was visible when they were read; null while they are not known. */
  liveState(): { readonly seen: string; readonly counts: LiveCounts } | null;
  /** Resolves once all interactions that were committed before the call are counted. */
  settle(): Promise<void>;
  /** Whether a fitted model serves. */
  fitted(): boolean;
  close(): Promise<void>;
};

/**
 * Opens the models: loads the active one and follows its changes, in every process within a moment. A model
 * is loaded, checked and bound before it takes over; answers that began with the one before it end with it.
 * Where the active model is not usable the reason is logged, and what was never fitted serves.
 */
export async function openModels(db: Database, snapshot: LiveSnapshot): Promise<Models> {
  let served = new ServedModel(UNFITTED.info, UNFITTED.model);
  const liveCounts = await openLiveCounts(db, UNFITTED.info.id);
  const live = () => liveCounts.counts;
  const prepare = async (stored: StoredModel): Promise<ServedModel> => {
    const model = await checkModel(db, stored);
    const next = new ServedModel(stored.record, model, { live, vectors: await loadSets(db, model) });
    next.on(snapshot.graph);
    return next;
  };
  const reload = async (prepared?: ServedModel) => {
    const stored = await loadActiveModel(db);
    if (!stored || stored.record.id === served.info.id) return;
    served = prepared?.info.id === stored.record.id ? prepared : await prepare(stored);
    await liveCounts.follow(served.info.id);
  };
  // Of entities that came after the training: the model's own vectors stay as they are.
  const refresh = async () => {
    const next = served.with({ live, vectors: await loadSets(db, served.model) });
    next.on(snapshot.graph);
    served = next;
  };
  // One after the other, so that of two that are activated in quick succession the newer stays.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  const follow = (prepared?: ServedModel) => inTurn(() => reload(prepared));
  let closed = false;
  const keepUp = async (): Promise<void> => {
    if (closed) return;
    await follow().catch((error) => {
      if (closed) return; // what was under way has lost its connection
      complain(error);
      if (!(error instanceof DomainError)) setTimeout(keepUp, RETRY_MS).unref(); // Postgres was out of reach
    });
  };
  snapshot.onModelChange(keepUp);
  snapshot.onVectorsChange(() => {
    if (closed || !served.model.spaces.some(({ origin }) => origin)) return;
    inTurn(refresh).catch((error) => closed || complain(error));
  });
  await keepUp();
  return {
    ranker: () => served.on(snapshot.graph),
    pin() {
      let pinned: ServedModel | null = null;
      return () => {
        pinned ??= served;
        return pinned.on(snapshot.graph);
      };
    },
    pinModel() {
      return pinOf(served);
    },
    async pinStored(id) {
      const stored = id === served.info.id ? null : await loadModel(db, id);
      const model = stored ? await prepare(stored) : id === served.info.id ? served : null;
      return model && pinOf(model);
    },
    liveState() {
      const { seen, counts } = liveCounts;
      return seen === null ? null : { seen, counts };
    },
    settle: () => liveCounts.settle(),
    close() {
      closed = true;
      return liveCounts.close();
    },
    fitted: () => served.info !== UNFITTED.info,
    active: () => served.info,
    findModels: (page) => findModels(db, page),
    findModel: (id) => findModel(db, id),
    async activate(activation, options) {
      let prepared: ServedModel | undefined;
      const result = await changeActive(db, {
        ...{ activation, options },
        prove: async (stored) => {
          prepared = await prepare(stored);
        },
      });
      if (result.problems.length === 0 && !options.dryRun) await follow(prepared);
      return result;
    },
  };
}

function pinOf(model: ServedModel): PinnedModel {
  const { info, vectors } = model;
  return { info, vectors, on: (graph, counts) => model.apart(graph, counts) };
}

/** What is stored now of the vector sets that a model has spaces of, by name. */
async function loadSets(db: Database, { spaces }: Model): Promise<ReadonlyMap<string, StoredVectorSet>> {
  const names = spaces.filter(({ origin }) => origin).map(({ name }) => name);
  if (names.length === 0) return new Map();
  return new Map((await loadVectorSets(db, names)).map((set) => [set.name, set]));
}

/** The model that serves goes on serving; the reason is for whoever runs the gateway. */
function complain(error: Error): void {
  console.error(`whygraph: the active model is not used: ${error.message}`);
}
