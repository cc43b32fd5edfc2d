import type { Edges, Graph } from "../kg/types.ts";
import type { RankedItem } from "./rank.ts";

const DEPTH = 100; // only the head of a list is reordered: nobody sees the rest of it on one page

/**
 * Reorders the head of a ranking by maximal marginal relevance over the graph: the next item is the one with
 * the highest (1 − λ)·relevance − λ·(largest Jaccard overlap of its entities with those of an item above it),
 * relevance being the score scaled to 0..1 over the head. Scores stay as they are.
 * @see Carbonell & Goldstein 1998
 */
export function diversify(graph: Graph, ranked: readonly RankedItem[], diversity: number): RankedItem[] {
  const head = ranked.slice(0, DEPTH);
  if (head.length < 2) return [...ranked];
  const best = head[0].score;
  const range = best - head[head.length - 1].score || 1;
  const entities = head.map(({ item }) => collectEntities(graph, item));
  const overlap = new Float64Array(head.length);
  const left = new Set(head.keys());
  const order: RankedItem[] = [];
  while (left.size > 0) {
    let chosen = -1;
    let highest = Number.NEGATIVE_INFINITY;
    for (const place of left) {
      const relevance = 1 - (best - head[place].score) / range;
      const value = (1 - diversity) * relevance - diversity * overlap[place];
      if (value > highest) {
        highest = value;
        chosen = place;
      }
    }
    left.delete(chosen);
    order.push(head[chosen]);
    for (const place of left) {
      overlap[place] = Math.max(overlap[place], jaccard(entities[chosen], entities[place]));
    }
  }
  return [...order, ...ranked.slice(DEPTH)];
}

function collectEntities(graph: Graph, item: number): Set<number> {
  const entities = new Set<number>();
  const add = (edges: Edges) => {
    for (let edge = edges.start; edge < edges.end; edge++) entities.add(edges.neighbour[edge]);
  };
  add(graph.out(item));
  add(graph.in(item));
  return entities;
}

function jaccard(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const entity of a) if (b.has(entity)) shared++;
  return shared / (a.size + b.size - shared);
}
