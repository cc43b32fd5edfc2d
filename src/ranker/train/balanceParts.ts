import type { Graph } from "../../kg/types.ts";
import { type GroupLayout, nameGroups } from "../groups.ts";
import type { FusionWeights } from "../model.ts";
import { applyShape, type Shape, scaleShape } from "../shape.ts";
import { type Case, measureCase } from "./cases.ts";
import { measureUser } from "./measureUser.ts";

const FACTORS = [0, 0.25, 0.5, 0.7, 1.4, 2, 4];
const ROUNDS = 2;
const STANDARD_ERRORS = 1; // that a gain must reach: among many balances the best looking one is luck

/**
 * Balances the parts of the score (each source, each space, popularity, knowledge as a whole) by nDCG@10 itself,
 * one after the other: cross-entropy minds the whole list, a page only its top. Keeps what was learned unless another
 * balance is better by a standard error of the users' paired differences.
 */
export function balanceParts(
  cases: readonly Case[],
  learned: FusionWeights,
  layout: GroupLayout,
  graph: Graph,
): FusionWeights {
  const names = nameGroups(
    layout,
    graph.relations.map(({ key }) => key),
  );
  const parts = [...new Set(names.map(partOf))];
  const columnOf = names.map((name) => parts.indexOf(partOf(name)));
  const shapes = bindWeights(learned, layout, graph);
  const scored = cases.map((one) => scoreByParts(one, shapes, { columnOf, count: parts.length }));
  const factors = balanceColumns(scored, parts.length);
  return parts.reduce((weights, part, column) => scalePart(weights, part, factors[column]), learned);
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

const KNOWLEDGE = "knowledge";

/** The part that a group is balanced with. */
function partOf(name: string): string {
  return name === "direct" || name === "interest" || name.startsWith("relation:") ? KNOWLEDGE : name;
}

/** One case by parts: what each gives each row, and their sum as it is balanced now. */
interface ScoredCase {
  readonly columns: readonly Float64Array[];
  readonly total: Float64Array;
  readonly targets: number;
  readonly found: number;
}

function scoreByParts(
  { offsets, group, mass, targets, found }: Case,
  shapes: readonly Shape[],
  { columnOf, count }: { readonly columnOf: readonly number[]; readonly count: number },
): ScoredCase {
  const rows = offsets.length - 1;
  const columns = Array.from({ length: count }, () => new Float64Array(rows));
  const total = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      const value = applyShape(shapes[group[at]], mass[at]);
      columns[columnOf[group[at]]][row] += value;
      total[row] += value;
    }
  }
  return { columns, total, targets, found };
}

/** Finds a factor for each part. Cost of a trial: one pass over the rows. */
function balanceColumns(scored: readonly ScoredCase[], count: number): number[] {
  const factors = new Array<number>(count).fill(1);
  let best = scored.map(({ total, targets, found }) => measureUser(total, targets, found));
  for (let round = 0; round < ROUNDS; round++) {
    for (let column = 0; column < count; column++) {
      const base = factors[column];
      for (const factor of FACTORS) {
        const move = base * factor - factors[column];
        const tried = scored.map((one) => measureMoved(one, column, move));
        if (!isBetter(tried, best)) continue;
        for (const { total, columns } of scored) {
          for (let row = 0; row < total.length; row++) total[row] += move * columns[column][row];
        }
        factors[column] += move;
        best = tried;
      }
    }
  }
  return factors;
}

function measureMoved({ columns, total, targets, found }: ScoredCase, column: number, move: number): number {
  return measureUser(
    total.map((score, row) => score + move * columns[column][row]),
    targets,
    found,
  );
}

function isBetter(tried: readonly number[], best: readonly number[]): boolean {
  const gains = tried.map((value, user) => value - best[user]);
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / Math.max(1, gains.length - 1);
  return mean > STANDARD_ERRORS * Math.sqrt(variance / gains.length);
}

function scalePart(weights: FusionWeights, part: string, factor: number): FusionWeights {
  // What a user names as an interest keeps its weight, whatever histories say of the graph.
  const scaled = (name: string) => partOf(name) === part && !(factor === 0 && name === "interest");
  return {
    bias: weights.bias,
    shapes: Object.fromEntries(
      Object.entries(weights.shapes).map(([name, shape]) => [
        name,
        scaled(name) ? scaleShape(shape, factor) : shape,
      ]),
    ),
    otherRelation: part === KNOWLEDGE ? scaleShape(weights.otherRelation, factor) : weights.otherRelation,
  };
}
