import type { Graph } from "../kg/types.ts";
import type { FusionWeights, Model, ModelConfig } from "./model.ts";
import { SpreadAdder } from "./Spread.ts";

/** A model whose statistics are addressed by the entity indices of one graph. */
export interface BoundModel {
  readonly config: ModelConfig;
  readonly weights: FusionWeights;
  /** degree^−itemDiscount of an entity as the end of a path. */
  itemFactor(index: number): number;
  /** degree^−entityDiscount of an entity in the middle of a path. */
  entityFactor(index: number): number;
  /** F_I: log(1 + interactions) / log(1 + most), 0..1. */
  popularity(index: number): number;
  interactionsOf(index: number): number;
  /** Weight within F_K of a relation index. */
  relationWeight(relation: number): number;
  /** Item–item weights out of `index`; entries `start`…`end`, ascending by neighbour; empty where unknown. */
  neighbours(index: number): { readonly start: number; readonly end: number };
  /** Entity index of each neighbour entry. */
  readonly neighbour: Int32Array;
  readonly similarity: Float32Array;
  /** Scratch for the sums of one answer. */
  readonly adder: SpreadAdder;
  /** Entity indices of items with interactions, most popular first. */
  readonly popular: Int32Array;
}

/**
 * Binds `model` to the entity indices of `graph`: both are ordered by id, so one pass joins them. Entities
 * that came after the training count with the typical degree of those it has seen: were their degree read from
 * the graph, one triple more or less would change what their other triples weigh, and two processes that
 * bound at different moments would not agree.
 */
export function bindModel(model: Model, graph: Graph): BoundModel {
  const { statistics, weights, config } = model;
  const { positionOf, indexOf } = joinIds(statistics.ids, graph);
  const lists = joinNeighbours(model, indexOf);
  const mostPopular = statistics.popularity.reduce((most, count) => Math.max(most, count), 0);
  const popularityScale = mostPopular > 0 ? 1 / Math.log1p(mostPopular) : 0;

  const position = (index: number) => (index < positionOf.length ? positionOf[index] : -1);
  const typical = typicalDegrees(model);
  const degree = (index: number) => {
    const at = position(index);
    if (at >= 0) return Math.max(1, statistics.degree[at]);
    return typical?.(graph.isItem(index)) ?? Math.max(1, countDegree(graph, index));
  };
  const interactionsOf = (index: number) => {
    const at = position(index);
    return at >= 0 ? statistics.popularity[at] : 0;
  };
  const relationWeight = relationWeights(weights, graph);
  return {
    config,
    weights,
    itemFactor: discountDegrees(graph, degree, config.itemDiscount),
    entityFactor: discountDegrees(graph, degree, config.entityDiscount),
    popularity: (index) => Math.log1p(interactionsOf(index)) * popularityScale,
    interactionsOf,
    relationWeight,
    neighbours: (index) => {
      const at = position(index);
      return at < 0 ? EMPTY : { start: lists.offsets[at], end: lists.offsets[at + 1] };
    },
    neighbour: lists.neighbour,
    similarity: lists.similarity,
    adder: new SpreadAdder(graph.size),
    popular: orderByPopularity(model, indexOf),
  };
}

const EMPTY = { start: 0, end: 0 };

function joinIds(ids: Float64Array, graph: Graph): { positionOf: Int32Array; indexOf: Int32Array } {
  const positionOf = new Int32Array(graph.size).fill(-1);
  const indexOf = new Int32Array(ids.length).fill(-1);
  for (let index = 0, at = 0; index < graph.size && at < ids.length; ) {
    const id = Number(graph.idOf(index));
    if (id === ids[at]) {
      positionOf[index] = at;
      indexOf[at++] = index++;
    } else if (id < ids[at]) index++;
    else at++;
  }
  return { positionOf, indexOf };
}

/** Median degrees in the training, of what was interacted with and of the rest; null where nothing was counted. */
function typicalDegrees({ statistics }: Model): ((isItem: boolean) => number) | null {
  const { degree, popularity } = statistics;
  if (degree.length === 0) return null;
  const median = (some: Uint32Array) => Math.max(1, some.sort()[some.length >> 1] ?? 1);
  const items = median(degree.filter((_, at) => popularity[at] > 0));
  const others = median(degree.filter((_, at) => popularity[at] === 0));
  return (isItem) => (isItem ? items : others);
}

/** degree^−exponent, worked out once for the entities of now; those that come later are worked out when asked for. */
function discountDegrees(graph: Graph, degree: (index: number) => number, exponent: number) {
  const factors = Float64Array.from({ length: graph.size }, (_, index) => degree(index) ** -exponent);
  return (index: number) => (index < factors.length ? factors[index] : degree(index) ** -exponent);
}

/** The neighbour lists in entity indices, without the entities that the graph has lost. */
function joinNeighbours({ statistics }: Model, indexOf: Int32Array) {
  const offsets = new Uint32Array(statistics.offsets.length);
  const neighbour = new Int32Array(statistics.neighbour.length);
  const similarity = new Float32Array(statistics.neighbour.length);
  let kept = 0;
  for (let at = 0; at + 1 < offsets.length; at++) {
    for (let entry = statistics.offsets[at]; entry < statistics.offsets[at + 1]; entry++) {
      const index = indexOf[statistics.neighbour[entry]];
      if (index < 0) continue;
      neighbour[kept] = index;
      similarity[kept++] = statistics.similarity[entry];
    }
    offsets[at + 1] = kept;
  }
  return { offsets, neighbour: neighbour.subarray(0, kept), similarity: similarity.subarray(0, kept) };
}

/** Relations can be defined at any time: a new index is looked up by its key when it is first asked for. */
function relationWeights(weights: FusionWeights, graph: Graph): (relation: number) => number {
  const known: number[] = [];
  return (relation) => {
    let weight = known[relation];
    if (weight === undefined) {
      weight = weights.relations[graph.relations[relation].key] ?? weights.otherRelation;
      known[relation] = weight;
    }
    return weight;
  };
}

function orderByPopularity({ statistics }: Model, indexOf: Int32Array): Int32Array {
  const positions: number[] = [];
  for (let at = 0; at < statistics.ids.length; at++) {
    if (statistics.popularity[at] > 0 && indexOf[at] >= 0) positions.push(at);
  }
  positions.sort((a, b) => statistics.popularity[b] - statistics.popularity[a] || a - b);
  return Int32Array.from(positions, (at) => indexOf[at]);
}

/** Live triples that touch an entity. */
export function countDegree(graph: Graph, index: number): number {
  const out = graph.out(index);
  const into = graph.in(index);
  return out.end - out.start + into.end - into.start;
}
