import type { Edges, Graph } from "../types.ts";

/** Vertices at a number of steps from an end. */
export interface Layer {
  /** By vertex, the weight of the strongest walk from it to the end. */
  readonly weights: ReadonlyMap<number, number>;
  /** Edges of these vertices: what the next layer has to read. */
  readonly cost: number;
}

/**
 * The layers around one end of a path search: `layers[n]` holds what a walk of exactly n steps reaches, without
 * coming back to `origin` and without passing through `far`, the other end.
 */
export class Frontier {
  readonly layers: Layer[];

  constructor(
    private readonly graph: Graph,
    private readonly origin: number,
    private readonly far: number,
  ) {
    this.layers = [{ weights: new Map([[origin, 1]]), cost: degreeOf(graph, origin) }];
  }

  get depth(): number {
    return this.layers.length - 1;
  }

  get last(): Layer {
    return this.layers[this.layers.length - 1];
  }

  /**
   * Adds a layer. The weight kept for a vertex is that of the strongest walk from it to `origin`, in which each
   * step counts the entity it reaches.
   */
  expand(): void {
    const next = new Map<number, number>();
    const { graph, origin, far } = this;
    let cost = 0;
    const read = (edges: Edges, factor: number) => {
      for (let i = edges.start; i < edges.end; i++) {
        const vertex = edges.neighbour[i];
        if (vertex === origin) continue;
        const weight = edges.confidence[i] * factor;
        const known = next.get(vertex);
        if (known === undefined) cost += vertex === far ? 0 : degreeOf(graph, vertex);
        if (known === undefined || weight > known) next.set(vertex, weight);
      }
    };
    for (const [vertex, weight] of this.last.weights) {
      if (vertex === far) continue;
      const out = graph.out(vertex);
      const into = graph.in(vertex);
      const factor = weight * reachWeight(out.end - out.start + into.end - into.start);
      read(out, factor);
      read(into, factor);
    }
    this.layers.push({ weights: next, cost });
  }
}

/** Live triples that touch an entity. */
export function degreeOf(graph: Graph, index: number): number {
  const out = graph.out(index);
  const into = graph.in(index);
  return out.end - out.start + into.end - into.start;
}

/** What a step is worth for reaching an entity of this degree, before the triple's confidence. */
export function reachWeight(degree: number): number {
  return 1 / Math.log(2 + degree);
}
