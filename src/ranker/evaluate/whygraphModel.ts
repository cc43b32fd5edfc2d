import type { Graph } from "../../kg/types.ts";
import { type BoundModel, bindModel } from "../bindModel.ts";
import type { Histories, ModelConfig } from "../model.ts";
import { fillMasses, fuse, makeMasses, spreadBehaviour } from "../score.ts";
import { collectSignals } from "../signals.ts";
import { fitModel } from "../train/fitModel.ts";
import { holdOutOne } from "../train/holdOut.ts";
import type { RankedModel, Training, UserRows, UserScorer } from "./types.ts";

/** The ranker of this project under evaluation: every item is scored, not only the candidates of serving. */
export function whygraphModel(name = "whygraph", fixed: Partial<ModelConfig> = {}): RankedModel {
  return {
    name,
    seeded: true,
    async fit(training, seed) {
      const graph = training.graph ?? bareGraph(training);
      const entityOf = training.itemIndexToEntity;
      const train = toHistories(training.train, entityOf);
      const valid = toHistories(training.valid, entityOf);
      const held = valid.item.length > 0 ? { train, valid } : holdOutOne(train, seed);
      const all = training.refit ? joinHistories(train, valid) : train;
      const { model, metrics } = await fitModel({ graph, ...held, all, seed, fixed });
      return makeScorer(bindModel(model, graph), graph, training, {
        ...describeConfig(model.config),
        ...metrics,
      });
    },
  };
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
      const signals = collectSignals(model, graph, newestFirst, ordered);
      const spreads = spreadBehaviour(signals);
      const masses = makeMasses(signals);
      for (let item = 0; item < items; item++) {
        fillMasses(signals, spreads, itemIndexToEntity[item], masses);
        out[item] = fuse(signals, masses);
      }
    },
  };
}

function describeConfig({ sources, halfLife, ...plain }: ModelConfig): UserScorer["chosen"] {
  const kernels = sources.flatMap((source) =>
    source.kernels.map(({ kind, share, discount, ridge }) => [kind, discount, ridge, share].join(" ").trim()),
  );
  return { ...plain, halfLife: halfLife ?? "none", sources: kernels.join(", ") };
}

function toHistories(rows: UserRows, entityOf: Int32Array): Histories {
  return { offsets: rows.offsets, item: rows.items.map((item) => entityOf[item]), ordered: hasTimes(rows) };
}

function hasTimes(rows: UserRows): boolean {
  return rows.times.some((time) => !Number.isNaN(time));
}

function joinHistories(older: Histories, newer: Histories): Histories {
  const users = older.offsets.length - 1;
  const offsets = new Int32Array(users + 1);
  const item = new Int32Array(older.item.length + newer.item.length);
  let at = 0;
  for (let user = 0; user < users; user++) {
    for (const part of [older, newer]) {
      const rows = part.item.subarray(part.offsets[user], part.offsets[user + 1]);
      item.set(rows, at);
      at += rows.length;
    }
    offsets[user + 1] = at;
  }
  return { offsets, item, ordered: older.ordered };
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
