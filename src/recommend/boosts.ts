import { DomainError } from "../errors.ts";
import type { Graph } from "../kg/types.ts";
import type { ScoreComponent, ScoredItem } from "../ranker/types.ts";
import { type FoundNames, type ItemTest, makeFilter } from "./filter.ts";
import type { Booster } from "./filterTypes.ts";
import type { RankerPort } from "./ports.ts";

const MOST_BOOSTERS = 20;
const LARGEST = 1_000_000;
const MOST_LIFTED = 500; // items that a booster brings into a list though nothing else does

/** What boosters add to the scores of items. */
export interface Boosts {
  /** All that is added to the score of an item. */
  of(item: number): number;
  /** Accepted items that are lifted, the most lifted first; of equal ones the more popular. O(entities). */
  listLifted(accepts: ItemTest): number[];
  /** The scored item with a component for each booster that speaks of it; the score is their sum as before. */
  addTo(scored: ScoredItem, item: number): ScoredItem;
}

/**
 * Makes boosters ready for one graph; null where there are none.
 * @throws {DomainError} BAD_USER_INPUT where they are too many, or one adds nothing or too much
 */
export function makeBoosts(
  { graph, ranker }: { readonly graph: Graph; readonly ranker: Pick<RankerPort, "interactionsOf"> },
  boosters: readonly Booster[],
  names: FoundNames,
): Boosts | null {
  if (boosters.length === 0) return null;
  if (boosters.length > MOST_BOOSTERS) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `there are ${boosters.length} boosters; expected ${MOST_BOOSTERS} at most`,
    );
  }
  for (const { name, amount } of boosters) {
    if (amount !== 0 && Math.abs(amount) <= LARGEST) continue;
    const expected = `expected a number from -${LARGEST} to ${LARGEST}, not 0`;
    throw new DomainError("BAD_USER_INPUT", `the booster "${name}" adds ${amount}; ${expected}`);
  }
  const tests = boosters.map(({ filter }) => makeFilter(graph, filter, names));
  const listFor = (item: number) => boosters.filter((_, at) => tests[at](item));
  const of = (item: number) => {
    let sum = 0;
    for (let at = 0; at < tests.length; at++) if (tests[at](item)) sum += boosters[at].amount;
    return sum;
  };
  return {
    of,
    listLifted(accepts) {
      const lifted: { readonly item: number; readonly boost: number }[] = [];
      for (let item = 0; item < graph.size; item++) {
        if (!accepts(item)) continue;
        const boost = of(item);
        if (boost > 0) lifted.push({ item, boost });
      }
      const { interactionsOf } = ranker;
      lifted.sort(
        (a, b) => b.boost - a.boost || interactionsOf(b.item) - interactionsOf(a.item) || a.item - b.item,
      );
      return lifted.slice(0, MOST_LIFTED).map(({ item }) => item);
    },
    addTo: (scored, item) => addParts(scored, listFor(item)),
  };
}

function addParts(scored: ScoredItem, boosters: readonly Booster[]): ScoredItem {
  if (boosters.length === 0) return scored;
  const parts = boosters.map(
    ({ name, amount }): ScoreComponent => ({
      ...{ kind: "BOOST", vectors: null, booster: name, weight: 1 },
      ...{ value: amount, otherEvidence: amount, otherEvidenceCount: 1 },
    }),
  );
  const boost = parts.reduce((sum, { value }) => sum + value, 0);
  const size = parts.reduce((sum, { value }) => sum + Math.abs(value), 0);
  const named = scored.evidence.reduce((sum, { contribution }) => sum + Math.abs(contribution), 0);
  const everything = scored.explainedFraction > 0 ? named / scored.explainedFraction : 0;
  return {
    ...scored,
    score: scored.score + boost,
    components: [...scored.components, ...parts],
    explainedFraction: named > 0 ? named / (everything + size) : 0,
    ownTriples: scored.ownTriples.map((own) => ({ ...own, scoreWithout: own.scoreWithout + boost })),
  };
}
