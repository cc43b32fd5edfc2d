import type { Graph } from "../../kg/types.ts";

/** Whether the graph has a live triple, given by indices: a binary search among those that leave the head. */
export function hasTriple(graph: Graph, head: number, [relation, tail]: [number, number]): boolean {
  const { start, end, relation: relations, neighbour } = graph.out(head);
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const isBelow =
      relations[middle] < relation || (relations[middle] === relation && neighbour[middle] < tail);
    if (isBelow) low = middle + 1;
    else high = middle;
  }
  return low < end && relations[low] === relation && neighbour[low] === tail;
}
