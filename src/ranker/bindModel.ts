import type { Graph } from "../kg/types.ts";
import { bindLiveCounts } from "./behaviour/bindLiveCounts.ts";
import { LIVE_DISCOUNT, type LiveCounts } from "./behaviour/LiveCounts.ts";
import { bindGates } from "./bindGates.ts";
import { bindSpace } from "./bindSpace.ts";
import type { BoundGates } from "./gates.ts";
import { componentOf, type GroupLayout, layOutGroups, meanSlope, nameGroups } from "./groups.ts";
import type { Model, ModelConfig } from "./model.ts";
import { Scratch } from "./Scratch.ts";
import { FLAT, type Shape } from "./shape.ts";
import { type BoundSource, bindSource } from "./sources.ts";
import type { BoundSpace, StoredVectorSet } from "./spaces.ts";
import type { ComponentKind } from "./types.ts";

/** A model whose statistics are addressed by the entity indices of one graph. */
export interface BoundModel {
  readonly config: ModelConfig;
  readonly bias: number;
  readonly layout: GroupLayout;
  /** f_g of a group number. */
  shapeOf(group: number): Shape;
  /** ω of a component, 0 where it carries none. */
  weightOf(kind: ComponentKind, space?: number): number;
  /** degree^−itemDiscount of an entity as the end of a path. */
  itemFactor(index: number): number;
  /** degree^−entityDiscount of an entity in the middle of a path. */
  entityFactor(index: number): number;
  /** Mass of the popularity group: log(1 + interactions) / log(1 + most), 0..1. */
  popularity(index: number): number;
  /** The same of recent interactions. */
  recent(index: number): number;
  interactionsOf(index: number): number;
  /** Position of an entity in the model's statistics, −1 where training has not seen it. */
  positionOf(index: number): number;
  readonly sources: readonly BoundSource[];
  readonly spaces: readonly BoundSpace[];
  readonly gates: BoundGates | null;
  readonly scratch: Scratch;
  /** Entity indices of items with interactions, most popular first. */
  readonly popular: Int32Array;
}

/** What a model is bound with besides the graph. */
export interface BindOptions {
  /** Vectors as they are stored now, by set: for the entities that came after the training. */
  readonly vectors?: ReadonlyMap<string, StoredVectorSet>;
  /** Co-interactions since the training: they speak with the weight of the first source. */
  readonly live?: () => LiveCounts;
}

/** How the model's positions and the graph's entity indices meet; −1 where there is none. */
export interface Joined {
  positionOf(index: number): number;
  readonly indexOf: Int32Array;
}

/**
 * Binds `model` to the entity indices of `graph`: both are ordered by id, so one pass joins them. Entities
 * that came after the training count with the typical degree of those it has seen: were their degree read from
 * the graph, one triple more or less would change what their other triples weigh, and two processes that
 * bound at different moments would not agree.
 * @throws {DomainError} CONFIGURATION where a vector set was made by another encoder than the model's
 */
export function bindModel(model: Model, graph: Graph, { vectors, live }: BindOptions = {}): BoundModel {
  const { statistics, config } = model;
  const joined = joinIds(statistics.ids, graph);
  const names = config.sources.map(({ name }) => name);
  const counts = names.length > 0 ? live : undefined;
  const layout = layOutGroups(counts ? [...names, LIVE] : names, model.spaces);
  const typical = typicalDegrees(model);
  const degree = (index: number) => {
    const at = joined.positionOf(index);
    if (at >= 0) return Math.max(1, statistics.degree[at]);
    return typical?.(graph.isItem(index)) ?? Math.max(1, countDegree(graph, index));
  };
  const interactionsOf = (index: number) => {
    const at = joined.positionOf(index);
    return at >= 0 ? statistics.popularity[at] : 0;
  };
  return {
    config,
    bias: model.weights.bias,
    layout,
    ...bindShapes(model, layout, graph),
    itemFactor: discountDegrees(graph, degree, config.itemDiscount),
    entityFactor: discountDegrees(graph, degree, config.entityDiscount),
    popularity: scaleCounts(statistics.popularity, joined, graph.size),
    recent: scaleCounts(statistics.recent, joined, graph.size),
    interactionsOf,
    positionOf: joined.positionOf,
    sources: [
      ...model.sources.map((lists, at) => {
        const { name, halfLife = config.halfLife } = config.sources[at];
        return bindSource(name, halfLife, lists, joined);
      }),
      ...(counts ? [bindLive(model, counts, graph, interactionsOf)] : []),
    ],
    spaces: model.spaces.map((space) => bindSpace(space, graph, joined, vectors?.get(space.name))),
    gates: model.gates && bindGates(model.gates, layout, graph, joined),
    scratch: new Scratch(graph.size, names.length + (counts ? 1 : 0)),
    popular: orderByPopularity(model, joined.indexOf),
  };
}

const LIVE = "live";

function bindLive(
  { config, liveScale }: Model,
  counts: () => LiveCounts,
  graph: Graph,
  interactionsOf: (index: number) => number,
): BoundSource {
  const { halfLife } = config;
  return bindLiveCounts(counts, graph, {
    ...{ name: LIVE, halfLife, interactionsOf },
    ...{ discount: LIVE_DISCOUNT, scale: liveScale },
  });
}

function joinIds(ids: Float64Array, graph: Graph): Joined {
  const positions = new Int32Array(graph.size).fill(-1);
  const indexOf = new Int32Array(ids.length).fill(-1);
  for (let index = 0, at = 0; index < graph.size && at < ids.length; ) {
    const id = Number(graph.idOf(index));
    if (id === ids[at]) {
      positions[index] = at;
      indexOf[at++] = index++;
    } else if (id < ids[at]) index++;
    else at++;
  }
  return { positionOf: (index) => (index < positions.length ? positions[index] : -1), indexOf };
}

/** log(1 + count) / log(1 + most) by entity index. */
function scaleCounts(counts: Uint32Array, { indexOf }: Joined, size: number): (index: number) => number {
  const most = counts.reduce((largest, count) => Math.max(largest, count), 0);
  const scale = most > 0 ? 1 / Math.log1p(most) : 0;
  const scaled = new Float64Array(size);
  indexOf.forEach((index, at) => {
    if (index >= 0) scaled[index] = Math.log1p(counts[at]) * scale;
  });
  return (index) => (index < size ? scaled[index] : 0);
}

/** Relations can be defined at any time: the shape of a new one is looked up when it is first asked for. */
function bindShapes({ weights }: Model, layout: GroupLayout, graph: Graph) {
  const [first] = layout.sources;
  const fallback = (name: string) =>
    (name === `behaviour:${LIVE}` && weights.shapes[`behaviour:${first}`]) || FLAT;
  const shapes: Shape[] = nameGroups(layout, []).map((name) => weights.shapes[name] ?? fallback(name));
  const shapeOf = (group: number): Shape => {
    let shape = shapes[group];
    if (shape === undefined) {
      const { key } = graph.relations[group - layout.firstRelation];
      shape = weights.shapes[`relation:${key}`] ?? weights.otherRelation;
      shapes[group] = shape;
    }
    return shape;
  };
  const knowledge = Object.entries(weights.shapes).filter(
    ([name]) => name === "direct" || name.startsWith("relation:"),
  );
  const omega: Record<Exclude<ComponentKind, "TEXT" | "VECTOR">, number> = {
    BOOST: 0, // no model learns of it
    BEHAVIOUR: meanSlope(shapes.filter((_, group) => componentOf(layout, group) === "BEHAVIOUR")),
    ITEM: meanSlope([shapes[layout.popularity], shapes[layout.recent]]),
    KNOWLEDGE: meanSlope(knowledge.map(([, shape]) => shape)),
  };
  const weightOf = (kind: ComponentKind, space = 0) =>
    kind === "TEXT" || kind === "VECTOR" ? meanSlope([shapes[layout.firstSpace + space]]) : omega[kind];
  return { shapeOf, weightOf };
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
