import { type Step, stepOn, stepTo } from "./Step.ts";
import type { World } from "./World.ts";

/** A group of paths: everything that leads from the history to an item by the same kinds of steps. */
export interface Chain {
  readonly name: string;
  /** One or more. */
  readonly steps: readonly Step[];
  /** Factor of the item that a path ends in, [items]; 1 where absent. */
  readonly discount?: Float64Array;
}

/**
 * Names the chains of a world: through users (two, four and six hops), through the facts of one group of
 * relations, through any two facts, and mixtures of both, which reach items that no user or no fact reaches alone.
 */
export function makeChains({ behaviour: users, graph, fans }: World): Chain[] {
  const facts = graph.all;
  return [
    { name: "users", steps: [users] },
    { name: "users, users", steps: [users, users] },
    {
      // Six hops lead to what is popular; the discount leaves what this history has to do with it.
      name: "users, users, users",
      steps: [users, users, users],
      discount: fans.map((count) => 1 / Math.sqrt(Math.max(1, count))),
    },
    ...graph.groups.map((step) => ({ name: step.through, steps: [step] })),
    { name: "facts, facts", steps: [facts, facts] },
    { name: "users, facts", steps: [users, facts] },
    { name: "facts, users", steps: [facts, users] },
    { name: "facts, users, users", steps: [facts, users, users] },
    { name: "users, facts, users", steps: [users, facts, users] },
  ];
}

/**
 * Walks chains from one user's history. Chains that begin alike share the masses of their beginning, and the last
 * step is taken to the asked item alone.
 */
export class Walk {
  private readonly known = new Map<Step, Place>();

  constructor(private readonly start: Float64Array) {}

  /** The mass z of `item` by `chain`. */
  measure({ steps, discount }: Chain, item: number): number {
    let places = this.known;
    let mass = this.start;
    for (const step of steps.slice(0, -1)) {
      let place = places.get(step);
      if (!place) {
        place = { mass: stepOn(step, mass), next: new Map() };
        places.set(step, place);
      }
      mass = place.mass;
      places = place.next;
    }
    return stepTo(steps[steps.length - 1], mass, item) * (discount ? discount[item] : 1);
  }
}

interface Place {
  readonly mass: Float64Array;
  readonly next: Map<Step, Place>;
}

/** Makes the start of a walk: each liked item has the same part of mass 1, so that a long history is not worth more. */
export function makeStart(history: readonly number[], items: number): Float64Array {
  const start = new Float64Array(items);
  for (const item of history) start[item] += 1 / history.length;
  return start;
}
