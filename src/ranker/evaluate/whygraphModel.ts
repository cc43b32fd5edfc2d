import type { Graph } from "../../kg/types.ts";
import { type BoundModel, bindModel } from "../bindModel.ts";
import type { Histories, ModelConfig } from "../model.ts";
import { fillMasses, fuse, makeMasses } from "../score.ts";
import { collectSignals } from "../signals.ts";
import type { VectorSet } from "../spaces.ts";
import { fitModel } from "../train/fitModel.ts";
import { holdOutOne } from "../train/holdOut.ts";
import { packModel } from "../weights.ts";
import { taughtRows } from "./baselines/itemModel.ts";
import { openTensors } from "./openTensors.ts";
import type { RankedModel, Training, UserRows, UserScorer } from "./types.ts";

/** The ranker of this project under evaluation: every item is scored, not only the candidates of serving. */
export function whygraphModel(name = "whygraph", fixed: Partial<ModelConfig> = {}): RankedModel {
  return {
    name,
    seeded: true,
    fit: async (training, seed) => (await fitWhygraph(training, seed, fixed)).scorer,
  };
}

/**
 * The ranker with one thing changed: the settings that its own search has chosen, `change` put over them, and the weights
 * learned anew. The search is shared with `whygraphModel`, where both are fitted in one process.
 */
export function whygraphVariant(name: string, change: Partial<ModelConfig>): RankedModel {
  return {
    name,
    seeded: true,
    family: "whygraph",
    async fit(training, seed) {
      const { config, seconds } = await findSearched(training, seed);
      const { scorer } = await fitWhygraph(training, seed, { ...config, ...change });
      return { ...scorer, sharedSeconds: seconds };
    },
  };
}

interface Searched {
  readonly config: ModelConfig;
  readonly seconds: number;
}

/** What the search of a training and seed has chosen. */
const SEARCHED = new WeakMap<Training, Map<number, Searched>>();

async function findSearched(training: Training, seed: number): Promise<Searched> {
  const found = SEARCHED.get(training)?.get(seed);
  if (found) return found;
  await fitWhygraph(training, seed, {});
  return findSearched(training, seed);
}

async function fitWhygraph(training: Training, seed: number, fixed: Partial<ModelConfig>) {
  const started = performance.now();
  const graph = training.graph ?? bareGraph(training);
  const entityOf = training.itemIndexToEntity;
  const train = toHistories(training.train, entityOf);
  const valid = toHistories(training.valid, entityOf);
  const held = valid.item.length > 0 ? { train, valid } : holdOutOne(train, seed);
  const all = toHistories(taughtRows(training), entityOf);
  const vectors = listVectorSets(training, graph);
  const { model, metrics } = await fitModel({
    graph,
    ...held,
    all,
    seed,
    fixed,
    vectors,
    tf: await openTensors(),
  });
  if (Object.keys(fixed).length === 0) {
    const bySeed = SEARCHED.get(training) ?? new Map<number, Searched>();
    const seconds = (performance.now() - started) / 1000;
    SEARCHED.set(training, bySeed.set(seed, { config: model.config, seconds }));
  }
  const bytes = packModel(model).length;
  const chosen = { ...describeConfig(model.config), ...metrics, megabytes: Math.round(bytes / 1e4) / 100 };
  return { scorer: makeScorer(bindModel(model, graph), graph, training, chosen) };
}

function makeScorer(
  model: BoundModel,
  graph: Graph,
  { items, itemIndexToEntity, train, valid }: Training,
  chosen: UserScorer["chosen"],
): UserScorer {
  const ordered = hasTimes(train) || hasTimes(valid);
  return {
    chosen,
    score(_user, history, out) {
      const newestFirst = Array.from(history.items, (item) => itemIndexToEntity[item]).reverse();
      const signals = collectSignals(model, graph, newestFirst, { ordered });
      const masses = makeMasses(signals);
      for (let item = 0; item < items; item++) {
        fillMasses(signals, itemIndexToEntity[item], masses);
        out[item] = fuse(signals, masses);
      }
    },
  };
}

/** The items' vectors by entity id, those of zeros left out; none where the data set has none. */
function listVectorSets({ vectors, itemIndexToEntity }: Training, graph: Graph): VectorSet[] {
  if (!vectors) return [];
  const { name, dim, values } = vectors;
  const rows = Array.from(itemIndexToEntity, (entity, item) => ({
    id: entity < 0 ? -1 : Number(graph.idOf(entity)),
    row: values.subarray(item * dim, (item + 1) * dim),
  }))
    .filter(({ id, row }) => id >= 0 && row.some((value) => value !== 0))
    .sort((a, b) => a.id - b.id);
  const packed = new Float32Array(rows.length * dim);
  rows.forEach(({ row }, at) => {
    packed.set(row, at * dim);
  });
  const ids = Float64Array.from(rows, ({ id }) => id);
  return [{ name: "text", kind: "TEXT", encoder: name, dim, ids, values: packed }];
}

function describeConfig({ sources, halfLife, factors, ...plain }: ModelConfig): UserScorer["chosen"] {
  const kernels = sources.flatMap((source) =>
    source.kernels.map(({ kind, share, discount, ridge }) => [kind, discount, ridge, share].join(" ").trim()),
  );
  const learned = factors ? `${factors.heads}×${factors.dim}` : "none";
  return { ...plain, halfLife: halfLife ?? "none", sources: kernels.join(", "), factors: learned };
}

function toHistories(rows: UserRows, entityOf: Int32Array): Histories {
  return { offsets: rows.offsets, item: rows.items.map((item) => entityOf[item]), ordered: hasTimes(rows) };
}

function hasTimes(rows: UserRows): boolean {
  return rows.times.some((time) => !Number.isNaN(time));
}

/** A data set without triples: its items, and nothing between them. */
function bareGraph({ items }: Training): Graph {
  const none = {
    start: 0,
    end: 0,
    neighbour: new Int32Array(0),
    relation: new Uint16Array(0),
    confidence: new Float32Array(0),
    triple: new Uint32Array(0),
  };
  return {
    revision: "0",
    size: items,
    tripleCount: 0,
    relations: [],
    types: ["item"],
    indexOf: (id) => Number(id) - 1,
    idOf: (index) => String(index + 1),
    isItem: () => true,
    typeOf: () => 0,
    out: () => none,
    in: () => none,
  };
}
