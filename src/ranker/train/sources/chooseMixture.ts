import { type MixtureCase, measureMixture } from "./MixtureCase.ts";

export interface Mixture {
  /** One weight per source, ≥ 0; they sum to 1, or are all 0 where nothing was found. */
  readonly weights: readonly number[];
  /** nDCG@10 on users that the weights were not chosen on, mean over the folds; NaN where there are too few users. */
  readonly ndcg: number;
}

const STEPS = [0.1, 0.3, 1]; // of a source, relative to the weight that is there already
const MOST_STEPS = 6;
const FOLDS = 4;

/**
 * Chooses how much of each source: starts at the best one, then adds the step of whichever source helps nDCG@10 most,
 * as long as that also helps users who were not asked. How many steps are worth it is learned by folds: among many
 * sources the best looking mixture of few users is luck. Of equal figures the fewer steps win.
 * Cost: FOLDS + 1 searches of at most 6 steps, each 3 passes over all scores of all sources.
 */
export function chooseMixture(cases: readonly MixtureCase[]): Mixture {
  if (cases.length < 2 * FOLDS) {
    return { weights: normalise(climb(cases, 1)[0] ?? []), ndcg: Number.NaN };
  }
  const curves = Array.from({ length: FOLDS }, (_, fold) => {
    const judges = cases.filter((_, place) => place % FOLDS === fold);
    const path = climb(
      cases.filter((_, place) => place % FOLDS !== fold),
      MOST_STEPS,
    );
    return { users: judges.length, judged: path.map((weights) => measureAll(judges, weights)) };
  });
  const means = Array.from({ length: MOST_STEPS }, (_, step) =>
    // A search that stopped early stays where it stopped.
    curves.reduce((sum, { users, judged }) => sum + users * judged[Math.min(step, judged.length - 1)], 0),
  ).map((sum) => sum / cases.length);
  const steps = means.indexOf(Math.max(...means)) + 1;
  const path = climb(cases, steps);
  return { weights: normalise(path[path.length - 1]), ndcg: means[steps - 1] };
}

/** The weights after each step of the search; it ends where no step helps. */
function climb(cases: readonly MixtureCase[], most: number): number[][] {
  const sources = cases[0]?.scores.length ?? 0;
  const bases = cases.map(({ scores }) => new Float64Array(scores[0].length));
  const weights: number[] = new Array(sources).fill(0);
  const path: number[][] = [];
  let best = 0;
  while (path.length < most) {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const found = findStep(cases, bases, total === 0 ? [1] : STEPS.map((step) => step * total));
    if (found.source < 0 || (found.ndcg <= best && path.length > 0)) break;
    best = found.ndcg;
    weights[found.source] += found.weight;
    cases.forEach(({ scores }, place) => {
      const extra = scores[found.source];
      for (let at = 0; at < extra.length; at++) bases[place][at] += found.weight * extra[at];
    });
    path.push([...weights]);
  }
  return path;
}

function findStep(cases: readonly MixtureCase[], bases: readonly Float64Array[], steps: readonly number[]) {
  let best = { source: -1, weight: 0, ndcg: -1 };
  for (let source = 0; source < (cases[0]?.scores.length ?? 0); source++) {
    for (const weight of steps) {
      let sum = 0;
      cases.forEach((one, place) => {
        sum += measureMixture(one, { base: bases[place], extra: one.scores[source], weight });
      });
      if (sum / cases.length > best.ndcg) best = { source, weight, ndcg: sum / cases.length };
    }
  }
  return best;
}

function measureAll(cases: readonly MixtureCase[], weights: readonly number[]): number {
  const sum = cases.reduce((total, one) => {
    const base = one.scores[0].map((_, at) =>
      weights.reduce((score, weight, source) => score + weight * one.scores[source][at], 0),
    );
    return total + measureMixture(one, { base, extra: base, weight: 0 });
  }, 0);
  return sum / cases.length;
}

function normalise(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => (total > 0 ? weight / total : 0));
}
