import { makeGraph } from "../../src/kg/snapshot/makeGraph.ts";
import type { Graph, Relation } from "../../src/kg/types.ts";
import { bindModel } from "../../src/ranker/bindModel.ts";
import {
  DEFAULT_CONFIG,
  type FusionWeights,
  type Histories,
  type Model,
  type ModelConfig,
} from "../../src/ranker/model.ts";
import { countSources } from "../../src/ranker/train/countModel.ts";
import { defaultWeights } from "../../src/ranker/train/defaultWeights.ts";
import { countStatistics } from "../../src/ranker/train/fitStatistics.ts";
import { makeItemSpace } from "../../src/ranker/train/itemSpace.ts";

export function relation(id: number, key: string, symmetric = false): Relation {
  return {
    id,
    key,
    label: key,
    inverseLabel: null,
    domain: null,
    range: null,
    maxPerHead: null,
    symmetric,
    revision: 1,
  };
}

/** A graph of `items` items (ids 1…) and then `others` entities, with triples [head, relation, tail] of ids. */
export function graphOf(
  items: number,
  others: number,
  relations: readonly Relation[],
  triples: readonly (readonly [number, number, number, number?])[],
): Graph {
  return makeGraph({
    entities: Array.from({ length: items + others }, (_, index) => ({
      id: String(index + 1),
      type: index < items ? "movie" : "other",
      isItem: index < items,
    })),
    relations,
    triples: triples.map(([headId, relationId, tailId, confidence], index) => ({
      id: String(1000 + index),
      headId: String(headId),
      relationId,
      tailId: String(tailId),
      confidence: confidence ?? 1,
    })),
  });
}

/** Histories of entity ids, oldest first. */
export function historiesOf(rows: readonly (readonly number[])[], graph: Graph, ordered = true): Histories {
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach((row, user) => {
    offsets[user + 1] = offsets[user] + row.length;
  });
  return { offsets, item: Int32Array.from(rows.flat(), (id) => graph.indexOf(String(id))), ordered };
}

/** What a test changes of the default model. */
export interface Change {
  readonly config?: Partial<ModelConfig>;
  readonly weights?: Partial<FusionWeights>;
}

/** A model with the default weights, changed as the test wants, whose statistics are counted here. */
export function modelOf(graph: Graph, histories: Histories, change: Change = {}): Model {
  const config = { ...DEFAULT_CONFIG, ...change.config };
  const weights = defaultWeights(config);
  const space = makeItemSpace(histories, graph.size);
  const counted = countStatistics(graph, space);
  return {
    ...{ config, spaces: [], gates: null, liveScale: 1 },
    statistics: counted.statistics,
    sources: countSources(config, space, counted),
    weights: {
      ...weights,
      ...change.weights,
      shapes: { ...weights.shapes, ...change.weights?.shapes },
    },
  };
}

export function boundOf(graph: Graph, histories: Histories, change: Change = {}) {
  return bindModel(modelOf(graph, histories, change), graph);
}
