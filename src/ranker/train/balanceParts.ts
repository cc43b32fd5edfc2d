import type { Graph } from "../../kg/types.ts";
import { type GroupLayout, nameGroups } from "../groups.ts";
import type { FusionWeights } from "../model.ts";
import { applyShape, type Shape, scaleShape } from "../shape.ts";
import { type Case, measureCase } from "./cases.ts";

const FACTORS = [0, 0.25, 0.5, 0.7, 1.4, 2, 4];
const ROUNDS = 2;
const GAIN = 1e-4; // less is noise

/**
 * Balances the parts of the score (each source, each space, popularity, knowledge as a whole) by nDCG@10 itself, one after
 * the other: cross-entropy minds the whole list, a page only its top. Keeps what was learned unless another balance is better.
 */
export function balanceParts(
  cases: readonly Case[],
  learned: FusionWeights,
  layout: GroupLayout,
  graph: Graph,
): FusionWeights {
  const measure = (weights: FusionWeights) => measureCases(cases, bindWeights(weights, layout, graph));
  let best = { weights: learned, ndcg: measure(learned) };
  for (let round = 0; round < ROUNDS; round++) {
    for (const isPart of listParts(layout)) {
      const base = best.weights;
      for (const factor of FACTORS) {
        const weights = scaleGroups(base, isPart, factor);
        const ndcg = measure(weights);
        if (ndcg > best.ndcg + GAIN) best = { weights, ndcg };
      }
    }
  }
  return best.weights;
}

/** Mean nDCG@10 of the cases. */
export function measureCases(cases: readonly Case[], shapes: readonly Shape[]): number {
  let sum = 0;
  for (const one of cases) {
    sum += measureCase(one, (start, end) => {
      let score = 0;
      for (let at = start; at < end; at++) score += applyShape(shapes[one.group[at]], one.mass[at]);
      return score;
    });
  }
  return cases.length > 0 ? sum / cases.length : 0;
}

/** The shape of each group number. */
export function bindWeights(
  { shapes, otherRelation }: FusionWeights,
  layout: GroupLayout,
  graph: Graph,
): Shape[] {
  const keys = graph.relations.map(({ key }) => key);
  return nameGroups(layout, keys).map((name) => shapes[name] ?? otherRelation);
}

function listParts(layout: GroupLayout): ((name: string) => boolean)[] {
  const single = nameGroups(layout, []).filter((name) => !isKnowledge(name));
  return [...single.map((part) => (name: string) => name === part), isKnowledge];
}

function isKnowledge(name: string): boolean {
  return name === "direct" || name === "interest" || name.startsWith("relation:");
}

function scaleGroups(
  weights: FusionWeights,
  isPart: (name: string) => boolean,
  factor: number,
): FusionWeights {
  // What a user names as an interest keeps its weight, whatever histories say of the graph.
  const scaled = (name: string) => isPart(name) && !(factor === 0 && name === "interest");
  return {
    bias: weights.bias,
    shapes: Object.fromEntries(
      Object.entries(weights.shapes).map(([name, shape]) => [
        name,
        scaled(name) ? scaleShape(shape, factor) : shape,
      ]),
    ),
    otherRelation: isPart("relation:") ? scaleShape(weights.otherRelation, factor) : weights.otherRelation,
  };
}
