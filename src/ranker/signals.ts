import type { Graph } from "../kg/types.ts";
import type { BoundModel } from "./bindModel.ts";
import type { Damping } from "./damping.ts";
import { openGates } from "./gates.ts";
import { HopChains, type Hops, type Weights } from "./hops.ts";
import { findReached, type Reached } from "./reach.ts";
import { weighRecency } from "./recency.ts";
import { type Spread, spreadSource } from "./Spread.ts";

/**
 * What a history says before any candidate is looked at: the gated weight of each history item, and the mass
 * that reaches each (entity, relation, side) in one hop from it, m = a·Σ_j ρ_j · degree_j^−itemDiscount ·
 * confidence. The hops stay in chains, so that evidence can name them.
 *
 * Places 0…H−1 are the history, newest first. Places from H on are items that others with the same history
 * liked (`reach`): the first step of their paths is a co-interaction.
 */
export interface Signals {
  readonly model: BoundModel;
  readonly graph: Graph;
  /** Entity index of each place, [H + reached]. */
  readonly history: Int32Array;
  /** H. */
  readonly own: number;
  /** ρ of each place, [H + reached]. */
  readonly recency: Float64Array;
  /** a·ρ per behaviour source, [S][H]. */
  readonly behaviour: readonly Float64Array[];
  /** What each behaviour source says of every item that the history's neighbours reach, [S]. */
  readonly spreads: readonly Spread[];
  /** a of a group and the entity where its paths meet the history. */
  readonly gate: (group: number, entity: number) => number;
  readonly spaces: readonly SpaceSignal[];
  readonly hops: Hops;
  /** What the user wants less of; null where nothing. It is in all masses above. */
  readonly damping: Damping | null;
}

/** How a history is read. */
export interface CollectOptions {
  /** False where no times are known. */
  readonly ordered?: boolean;
  readonly damping?: Damping | null;
}

/** What the history says in one vector space. */
export interface SpaceSignal {
  /** a·ρ/√Σρ… of each place of the history, [H]. */
  readonly mass: Float64Array;
  /** Σ_j mass_j · from_j, [dim]; its product with an item's vector is the mass of the item's paths. */
  readonly profile: Float64Array;
}

/**
 * Collects the signals of `history` (entity indices, newest first).
 * Cost: one visit of each triple and each neighbour of the newest `maxHistory` items, one gate per entity that they reach.
 */
export function collectSignals(
  model: BoundModel,
  graph: Graph,
  history: readonly number[],
  { ordered = true, damping = null }: CollectOptions = {},
): Signals {
  const { config, layout } = model;
  const own = Int32Array.from(history.slice(0, config.maxHistory));
  const said = weighRecency(own.length, ordered ? config.halfLife : null);
  const gate = openGates(model.gates, own, said);
  const dampen = (weights: Float64Array) =>
    damping ? weights.map((weight, place) => weight * damping.entity(own[place])) : weights;
  const recency = dampen(said);
  const gated = (weights: Float64Array, group: number) =>
    model.gates ? weights.map((weight, place) => weight * gate(group, own[place])) : weights;
  const weigh = (halfLife: number | null) =>
    halfLife === config.halfLife ? recency : dampen(weighRecency(own.length, ordered ? halfLife : null));
  const behaviour = model.sources.map(({ halfLife }, source) => gated(weigh(halfLife), source));
  const reached = findReached(model, own, { recency, damping });
  const places = joinPlaces(own, recency, reached);
  const hops = chainHops(model, graph, places, {
    factor: model.entityFactor,
    gate(entity, relation) {
      const attention = gate(layout.firstRelation + relation, entity);
      return damping ? attention * damping.entity(entity) * damping.over(relation, entity) : attention;
    },
  });
  return {
    ...{ model, graph, own: own.length, behaviour, gate, hops, damping },
    ...places,
    spreads: model.sources.map((source, at) =>
      spreadSource(model.scratch.spreads[at], source, own, behaviour[at]),
    ),
    spaces: model.spaces.map((space, at) =>
      collectSpace(space, own, gated(weigh(space.halfLife), layout.firstSpace + at)),
    ),
  };
}

function chainHops(
  model: BoundModel,
  graph: Graph,
  { history, recency }: Pick<Signals, "history" | "recency">,
  weigh: Weights,
): Hops {
  const rows = Array.from(history, (item) => ({ out: graph.out(item), into: graph.in(item) }));
  let room = 0;
  for (const { out, into } of rows) room += out.end - out.start + into.end - into.start;
  const hops = new HopChains(graph, model.scratch.rows, weigh, { places: history.length, hops: room });
  for (let place = 0; place < history.length; place++) hops.addPlace(history[place], place);
  for (let place = 0; place < history.length; place++) {
    const start = recency[place] * model.itemFactor(history[place]);
    hops.add(rows[place].out, place, start, false);
    hops.add(rows[place].into, place, start, true);
  }
  return hops;
}

function joinPlaces(own: Int32Array, recency: Float64Array, reached: Reached) {
  if (reached.items.length === 0) return { history: own, recency };
  return {
    history: Int32Array.from([...own, ...reached.items]),
    recency: Float64Array.from([...recency, ...reached.weights]),
  };
}

function collectSpace(
  { dim, from, rowOf }: BoundModel["spaces"][number],
  own: Int32Array,
  mass: Float64Array,
): SpaceSignal {
  const profile = new Float64Array(dim);
  own.forEach((item, place) => {
    const row = rowOf(item);
    if (row < 0) return;
    for (let k = 0, at = row * dim; k < dim; k++, at++) profile[k] += mass[place] * from[at];
  });
  return { mass, profile };
}
