import { countMembers, makeIncidence } from "./Incidence.ts";
import { type Facts, makeFacts } from "./makeFacts.ts";
import type { Step } from "./Step.ts";
import type { CtrData } from "./types.ts";

/** What a model may know: who likes what among some rows, and the facts of the graph. */
export interface World {
  readonly items: number;
  /** Liked items of each user, [users][]. */
  readonly history: readonly (readonly number[])[];
  /** Users who like each item, [items]. */
  readonly fans: Float64Array;
  /** Through users who like both. */
  readonly behaviour: Step;
  readonly graph: GraphSteps;
}

/** The steps through facts: all of them at once, and those of each group of relations by itself. */
export interface GraphSteps {
  readonly all: Step;
  readonly groups: readonly Step[];
}

/**
 * Makes the world of the liked rows among `rows`. A step through users is a walk: it spreads the mass of an
 * item evenly over its fans, and theirs over what they like.
 */
export function makeWorld(data: CtrData, rows: Int32Array, graph: GraphSteps): World {
  const { user, item, label } = data.rows;
  const seen = new Set<number>();
  const liked = rows.filter((row) => {
    const pair = user[row] * data.items + item[row];
    return label[row] === 1 && !seen.has(pair) && seen.add(pair);
  });
  const history: number[][] = Array.from({ length: data.users }, () => []);
  const fans = new Float64Array(data.items);
  for (const row of liked) {
    history[user[row]].push(item[row]);
    fans[item[row]]++;
  }
  const incidence = makeIncidence(
    { items: data.items, middles: data.users },
    liked.map((row) => item[row]),
    liked.map((row) => user[row]),
  );
  const leave = fans.map((count) => (count > 0 ? 1 / count : 0));
  const arrive = Float64Array.from(history, (likes) => (likes.length > 0 ? 1 / likes.length : 0));
  return {
    items: data.items,
    history,
    fans,
    behaviour: { through: "users", incidence, leave, arrive },
    graph,
  };
}

/**
 * Makes the steps through facts. A fact that many items share says little: it gives 1/log(1 + items). An item
 * that shares much gives each less, 1/(1 + Σ over its facts).
 */
export function makeGraphSteps(data: CtrData, facts: Facts = makeFacts(data)): GraphSteps {
  const sizes = { items: data.items, middles: facts.facts };
  const incidence = makeIncidence(sizes, facts.item, facts.fact);
  const arrive = Float64Array.from({ length: facts.facts }, (_, fact) => {
    const items = countMembers(incidence.byMiddle, fact);
    return items > 1 ? 1 / Math.log1p(items) : 0;
  });
  const told = new Float64Array(data.items);
  for (let at = 0; at < facts.item.length; at++) {
    const fact = facts.fact[at];
    told[facts.item[at]] += arrive[fact] * (countMembers(incidence.byMiddle, fact) - 1);
  }
  const leave = told.map((sum) => 1 / (1 + sum));
  const groups = facts.groups.map((through, group) => {
    const members = facts.fact.map((_, at) => at).filter((at) => facts.groupOf[facts.fact[at]] === group);
    const [items, middles] = [members.map((at) => facts.item[at]), members.map((at) => facts.fact[at])];
    return { through, incidence: makeIncidence(sizes, items, middles), leave, arrive };
  });
  return { all: { through: "facts", incidence, leave, arrive }, groups };
}
