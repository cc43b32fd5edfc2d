import type { Graph } from "../../kg/types.ts";
import { countDegree } from "../bindModel.ts";
import type { NeighbourLists, Statistics } from "../model.ts";
import type { ItemSpace } from "./itemSpace.ts";

/** The statistics, and where each item of the space stands among their positions. */
export interface Counted {
  readonly statistics: Statistics;
  /** Position of each item, ascending, [I]. */
  readonly positionOf: Uint32Array;
}

/**
 * Counts degrees and popularity by ascending entity id; only entities with a triple or an interaction take
 * room.
 */
export function countStatistics(graph: Graph, space: ItemSpace): Counted {
  const itemOf = new Int32Array(graph.size).fill(-1);
  for (let item = 0; item < space.entity.length; item++) itemOf[space.entity[item]] = item;
  const present: number[] = [];
  for (let index = 0; index < graph.size; index++) {
    if (itemOf[index] >= 0 || countDegree(graph, index) > 0) present.push(index);
  }
  const positionOf = new Uint32Array(space.entity.length);
  const popularity = new Uint32Array(present.length);
  const recent = new Uint32Array(present.length);
  const newest = countNewest(space);
  present.forEach((index, at) => {
    const item = itemOf[index];
    if (item < 0) return;
    positionOf[item] = at;
    recent[at] = newest[item];
    popularity[at] = space.itemOffsets[item + 1] - space.itemOffsets[item];
  });
  const statistics = {
    ids: Float64Array.from(present, (index) => Number(graph.idOf(index))),
    degree: Uint32Array.from(present, (index) => countDegree(graph, index)),
    ...{ popularity, recent },
  };
  return { statistics, positionOf };
}

/** How often each item is in the newest tenth of a history; at least one row of each counts. */
function countNewest({ ordered, users, userOffsets, userItem, entity }: ItemSpace): Uint32Array {
  const counts = new Uint32Array(entity.length);
  if (!ordered) return counts;
  for (let user = 0; user < users; user++) {
    const end = userOffsets[user + 1];
    const start = end - Math.ceil((end - userOffsets[user]) / 10);
    for (let place = start; place < end; place++) counts[userItem[place]]++;
  }
  return counts;
}

/** Lays item lists out by position. Items and positions are both in ascending entity index, so rows keep their order. */
export function placeLists(lists: NeighbourLists, { statistics, positionOf }: Counted): NeighbourLists {
  const offsets = new Uint32Array(statistics.ids.length + 1);
  for (let item = 0; item < positionOf.length; item++) {
    offsets[positionOf[item] + 1] = lists.offsets[item + 1] - lists.offsets[item];
  }
  for (let at = 0; at < statistics.ids.length; at++) offsets[at + 1] += offsets[at];
  return {
    offsets,
    neighbour: lists.neighbour.map((item) => positionOf[item]),
    similarity: lists.similarity,
  };
}
