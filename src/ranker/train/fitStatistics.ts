import type { Graph } from "../../kg/types.ts";
import { countDegree } from "../bindModel.ts";
import type { Histories, ModelConfig, Statistics } from "../model.ts";
import { easeKernel } from "./easeKernel.ts";
import { type ItemSpace, makeItemSpace } from "./itemSpace.ts";
import { cosineKernel, type KernelRow, nextItemKernel, scaleKernel } from "./kernels.ts";
import { selectStrongest } from "./selectStrongest.ts";
import { walkKernel } from "./walkKernel.ts";

/** Item–item weights: for each item of the space, its strongest neighbours in ascending order. */
export interface NeighbourLists {
  /** [I + 1] */
  readonly offsets: Uint32Array;
  /** Item numbers of the space. */
  readonly neighbour: Uint32Array;
  readonly similarity: Float32Array;
}

/**
 * Counts what the model needs to know of `histories` and `graph`: degrees, popularity, and the item–item
 * weights of the configured kernel. Cost: O(Σ_u n_u²) for co-interactions, I² for the selection of neighbours.
 */
export function fitStatistics(graph: Graph, histories: Histories, config: ModelConfig): Statistics {
  const space = makeItemSpace(histories, graph.size);
  return assembleStatistics(graph, space, fitNeighbours(space, config));
}

/** The neighbour lists alone; the trainer reuses them while it searches over other settings. */
export function fitNeighbours(space: ItemSpace, config: ModelConfig): NeighbourLists {
  const items = space.entity.length;
  const row = combineKernels(space, config);
  const out = new Float64Array(items);
  const scratch = new Float64Array(items);
  const offsets = new Uint32Array(items + 1);
  const neighbour: number[] = [];
  const similarity: number[] = [];
  for (let item = 0; item < items; item++) {
    out.fill(0);
    row(item, out);
    for (const other of selectStrongest(out, config.neighbours, scratch)) {
      neighbour.push(other);
      similarity.push(out[other]);
    }
    offsets[item + 1] = neighbour.length;
  }
  return { offsets, neighbour: Uint32Array.from(neighbour), similarity: Float32Array.from(similarity) };
}

function makeKernel(space: ItemSpace, config: ModelConfig): KernelRow {
  if (config.kernel === "ease") return easeKernel(space, config.ridge);
  if (config.kernel === "walk") return walkKernel(space, config.popularityDiscount);
  return cosineKernel(space, config.popularityDiscount);
}

function combineKernels(space: ItemSpace, config: ModelConfig): KernelRow {
  const items = space.entity.length;
  const main = scaleKernel(makeKernel(space, config), items);
  if (config.next === 0 || !space.ordered) return main;
  const next = scaleKernel(nextItemKernel(space), items);
  const extra = new Float64Array(items);
  return (item, out) => {
    main(item, out);
    extra.fill(0);
    next(item, extra);
    for (let other = 0; other < items; other++) out[other] += config.next * extra[other];
  };
}

/** Lays the counts out by ascending entity id; only entities with a triple or an interaction take room. */
export function assembleStatistics(graph: Graph, space: ItemSpace, lists: NeighbourLists): Statistics {
  const itemOf = new Int32Array(graph.size).fill(-1);
  for (let item = 0; item < space.entity.length; item++) itemOf[space.entity[item]] = item;
  const present: number[] = [];
  for (let index = 0; index < graph.size; index++) {
    if (itemOf[index] >= 0 || countDegree(graph, index) > 0) present.push(index);
  }
  const positionOf = new Uint32Array(space.entity.length);
  const offsets = new Uint32Array(present.length + 1);
  const popularity = new Uint32Array(present.length);
  present.forEach((index, at) => {
    const item = itemOf[index];
    offsets[at + 1] = offsets[at];
    if (item < 0) return;
    positionOf[item] = at;
    offsets[at + 1] += lists.offsets[item + 1] - lists.offsets[item];
    popularity[at] = space.itemOffsets[item + 1] - space.itemOffsets[item];
  });
  return {
    ids: Float64Array.from(present, (index) => Number(graph.idOf(index))),
    degree: Uint32Array.from(present, (index) => countDegree(graph, index)),
    popularity,
    offsets,
    // Items and positions are both in ascending entity index, so the lists keep their order.
    neighbour: lists.neighbour.map((item) => positionOf[item]),
    similarity: lists.similarity,
  };
}
