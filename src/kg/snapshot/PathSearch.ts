import type { Edges, Graph, GraphPath } from "../types.ts";
import { degreeOf, Frontier, type Layer, reachWeight } from "./Frontier.ts";
import { MaxHeap } from "./MaxHeap.ts";

/** An edge worth walking: it leads to the target in the steps that are left. */
interface Link {
  readonly vertex: number;
  readonly relation: number;
  readonly triple: number;
  readonly outward: boolean;
  readonly weight: number;
  /** Weight of the strongest walk to the target over this edge. */
  readonly best: number;
}

/** A walk so far, by its last step. */
interface Walk {
  readonly vertex: number;
  readonly parent: Walk | null;
  readonly link: Link | null;
  readonly weight: number;
  readonly length: number;
}

interface Choice {
  readonly walk: Walk;
  readonly links: readonly Link[];
  readonly position: number;
}

/** One search between two entities; see `findPaths`. Layers are kept from one length to the next. */
export class PathSearch {
  readonly #forward: Frontier;
  readonly #backward: Frontier;
  #work: number;

  constructor(
    private readonly graph: Graph,
    private readonly from: number,
    private readonly to: number,
    /** Edges that may be read to widen the search; as many again may be to put the paths together. */
    private readonly budget: number,
  ) {
    this.#work = budget;
    this.#forward = new Frontier(graph, from, to);
    this.#backward = new Frontier(graph, to, from);
  }

  get exhausted(): boolean {
    return this.#work < 0;
  }

  /** Finds up to `first` simple paths of exactly `length` steps, strongest first. */
  findOfLength(length: number, first: number): GraphPath[] {
    if (!this.#meet(length)) return [];
    const links = this.#linksOfLength(length);
    const found: Walk[] = [];
    const queue = new MaxHeap<Choice>();
    const enter = (walk: Walk) => {
      const choices = links(walk.vertex, length - walk.length);
      if (choices.length > 0)
        queue.push(walk.weight * choices[0].best, { walk, links: choices, position: 0 });
    };
    enter({ vertex: this.from, parent: null, link: null, weight: 1, length: 0 });
    for (
      let next = queue.pop();
      next && found.length < first && this.#work-- > -this.budget;
      next = queue.pop()
    ) {
      const { walk, links: choices, position } = next;
      const link = choices[position];
      if (position + 1 < choices.length) {
        queue.push(walk.weight * choices[position + 1].best, {
          walk,
          links: choices,
          position: position + 1,
        });
      }
      if (passes(walk, link.vertex)) continue;
      const longer = {
        vertex: link.vertex,
        parent: walk,
        link,
        weight: walk.weight * link.weight,
        length: walk.length + 1,
      };
      if (longer.length === length) found.push(longer);
      else enter(longer);
    }
    return found.map((walk) => this.#pathOf(walk));
  }

  /** Widens the cheaper side until both together span `length`; false where they cannot meet. */
  #meet(length: number): boolean {
    const [forward, backward] = [this.#forward, this.#backward];
    while (forward.depth + backward.depth < length) {
      const side = forward.last.cost <= backward.last.cost ? forward : backward;
      this.#work -= side.last.cost;
      if (this.#work < 0) return false;
      side.expand();
    }
    const [one, other] = [forward.last.weights, backward.last.weights];
    const [few, many] = one.size < other.size ? [one, other] : [other, one];
    for (const vertex of few.keys()) if (many.has(vertex)) return true;
    return false;
  }

  /**
   * The links of a vertex with so many steps left, strongest first. Behind the meeting layer the backward side
   * knows what leads on; before it, that is worked out layer by layer from the meeting layer to the start.
   */
  #linksOfLength(length: number): (vertex: number, left: number) => readonly Link[] {
    const ahead: Layer[] = this.#backward.layers.slice();
    const known = new Map<number, readonly Link[]>();
    const links = (vertex: number, left: number): readonly Link[] => {
      const place = vertex * 8 + left;
      let found = known.get(place);
      if (found === undefined) {
        found = this.#readLinks(vertex, ahead[left - 1]);
        known.set(place, found);
      }
      return found;
    };
    for (let left = this.#backward.depth + 1; left <= length; left++) {
      const reachable = new Map<number, number>();
      let cost = 0;
      for (const vertex of this.#forward.layers[length - left].weights.keys()) {
        if (vertex === this.to) continue;
        const [strongest] = links(vertex, left);
        if (strongest === undefined) continue;
        reachable.set(vertex, strongest.best);
        cost += degreeOf(this.graph, vertex);
      }
      ahead.push({ weights: reachable, cost });
    }
    return links;
  }

  /** Reads the links of a vertex from its own edges, or from those of the layer ahead where they are fewer. */
  #readLinks(vertex: number, { weights, cost }: Layer): Link[] {
    const links: Link[] = [];
    const add = (edges: Edges, i: number, outward: boolean, reached: number) => {
      const weight = edges.confidence[i] * reachWeight(degreeOf(this.graph, reached));
      const best = weight * (weights.get(reached) as number);
      links.push({
        vertex: reached,
        relation: edges.relation[i],
        triple: edges.triple[i],
        outward,
        weight,
        best,
      });
    };
    const readOwn = (edges: Edges, outward: boolean) => {
      for (let i = edges.start; i < edges.end; i++) {
        if (weights.has(edges.neighbour[i])) add(edges, i, outward, edges.neighbour[i]);
      }
    };
    const readAhead = (edges: Edges, outward: boolean, reached: number) => {
      for (let i = edges.start; i < edges.end; i++) {
        if (edges.neighbour[i] === vertex) add(edges, i, outward, reached);
      }
    };
    const degree = degreeOf(this.graph, vertex);
    this.#work -= Math.min(degree, cost);
    if (degree <= cost) {
      readOwn(this.graph.out(vertex), true);
      readOwn(this.graph.in(vertex), false);
    } else {
      for (const reached of weights.keys()) {
        if (reached === this.from) continue; // no simple path comes back, and `cost` leaves it out
        readAhead(this.graph.in(reached), true, reached);
        readAhead(this.graph.out(reached), false, reached);
      }
    }
    return links.sort((a, b) => b.best - a.best);
  }

  #pathOf(walk: Walk): GraphPath {
    const steps: GraphPath[number][] = [];
    for (let at: Walk = walk; at.parent !== null && at.link !== null; at = at.parent) {
      const { link } = at;
      steps.push({
        from: this.graph.idOf(at.parent.vertex),
        to: this.graph.idOf(at.vertex),
        relationId: this.graph.relations[link.relation].id,
        direction: link.outward ? "OUT" : "IN",
        tripleId: String(link.triple),
        weight: link.weight,
      });
    }
    return steps.reverse();
  }
}

function passes(walk: Walk, vertex: number): boolean {
  for (let at: Walk | null = walk; at !== null; at = at.parent) if (at.vertex === vertex) return true;
  return false;
}
