import type { Graph } from "../../kg/types.ts";
import { type GroupLayout, nameGroups } from "../groups.ts";
import type { FusionWeights, ModelConfig } from "../model.ts";
import { applyShape, type Shape, scaleShape } from "../shape.ts";
import { type Case, measureCase } from "./cases.ts";
import { measureUser } from "./measureUser.ts";

const FACTORS = [0, 0.25, 0.5, 0.7, 1.4, 2, 4];
const ROUNDS = 2;
const MOST_RELATIONS = 24; // that are balanced one by one; the others are together
const STANDARD_ERRORS = 1; // that a gain must reach: among many balances the best looking one is luck

/** What the groups of the cases are, and whether each relation is a part of its own. */
export interface Balance {
  readonly layout: GroupLayout;
  readonly graph: Graph;
  readonly relations: ModelConfig["relations"];
}

/**
 * Balances the parts of the score (each source, each space, popularity, knowledge as a whole or relation by relation) by
 * nDCG@10 itself, one after the other: cross-entropy minds the whole list, a page only its top. Keeps what was learned
 * unless another balance is better by a standard error of the users' paired differences.
 */
export function balanceParts(
  cases: readonly Case[],
  learned: FusionWeights,
  { layout, graph, relations }: Balance,
): FusionWeights {
  const names = nameGroups(
    layout,
    graph.relations.map(({ key }) => key),
  );
  const alone = relations === "balanced" ? listFrequent(cases, layout, names) : new Set<string>();
  const partOf = (name: string) => (!alone.has(name) && isKnowledge(name) ? KNOWLEDGE : name);
  const parts = [...new Set(names.map(partOf))];
  const columnOf = names.map((name) => parts.indexOf(partOf(name)));
  const shapes = bindWeights(learned, layout, graph);
  const scored = cases.map((one) => scoreByParts(one, shapes, { columnOf, count: parts.length }));
  const factors = balanceColumns(scored, parts.length);
  return parts.reduce(
    (weights, part, column) => scalePart(weights, { part, partOf }, factors[column]),
    learned,
  );
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

function isKnowledge(name: string): boolean {
  return name === "direct" || name === "interest" || name.startsWith("relation:");
}

/** The relations that the cases speak of most. */
function listFrequent(
  cases: readonly Case[],
  { firstRelation }: GroupLayout,
  names: readonly string[],
): Set<string> {
  const counts = new Float64Array(names.length);
  for (const { group } of cases) for (const one of group) if (one >= firstRelation) counts[one]++;
  const groups = [...counts.keys()].filter((group) => counts[group] > 0);
  groups.sort((a, b) => counts[b] - counts[a]);
  return new Set(groups.slice(0, MOST_RELATIONS).map((group) => names[group]));
}

/** What one part gives the rows where it gives anything. */
interface Column {
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

/** One case by parts: what each gives, and their sum as it is balanced now. */
interface ScoredCase {
  /** Null where the part gives no row anything. */
  readonly columns: readonly (Column | null)[];
  readonly total: Float64Array;
  readonly targets: number;
  readonly found: number;
}

function scoreByParts(
  { offsets, group, mass, targets, found }: Case,
  shapes: readonly Shape[],
  { columnOf, count }: { readonly columnOf: readonly number[]; readonly count: number },
): ScoredCase {
  const total = new Float64Array(offsets.length - 1);
  const rows: number[][] = Array.from({ length: count }, () => []);
  const values: number[][] = Array.from({ length: count }, () => []);
  for (let row = 0; row < total.length; row++) {
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      const value = applyShape(shapes[group[at]], mass[at]);
      if (value === 0) continue;
      rows[columnOf[group[at]]].push(row);
      values[columnOf[group[at]]].push(value);
      total[row] += value;
    }
  }
  const columns = rows.map((places, column) =>
    places.length > 0 ? { rows: Int32Array.from(places), values: Float64Array.from(values[column]) } : null,
  );
  return { columns, total, targets, found };
}

/** Finds a factor for each part. Cost of a trial: one pass over the rows of the users whom the part concerns. */
function balanceColumns(scored: readonly ScoredCase[], count: number): number[] {
  const factors = new Array<number>(count).fill(1);
  const scratch = new Float64Array(scored.reduce((most, { total }) => Math.max(most, total.length), 0));
  let best = scored.map(({ total, targets, found }) => measureUser(total, targets, found));
  for (let round = 0; round < ROUNDS; round++) {
    for (let column = 0; column < count; column++) {
      const base = factors[column];
      for (const factor of FACTORS) {
        const move = base * factor - factors[column];
        const tried = scored.map(({ columns, total, targets, found }, user) => {
          const part = columns[column];
          if (!part) return best[user];
          scratch.set(total);
          const moved = scratch.subarray(0, total.length);
          addColumn(moved, part, move);
          return measureUser(moved, targets, found);
        });
        if (!isBetter(tried, best)) continue;
        for (const { total, columns } of scored) {
          const part = columns[column];
          if (part) addColumn(total, part, move);
        }
        factors[column] += move;
        best = tried;
      }
    }
  }
  return factors;
}

function addColumn(total: Float64Array, { rows, values }: Column, times: number): void {
  for (let at = 0; at < rows.length; at++) total[rows[at]] += times * values[at];
}

function isBetter(tried: readonly number[], best: readonly number[]): boolean {
  const gains = tried.map((value, user) => value - best[user]);
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / Math.max(1, gains.length - 1);
  return mean > STANDARD_ERRORS * Math.sqrt(variance / gains.length);
}

function scalePart(
  weights: FusionWeights,
  { part, partOf }: { readonly part: string; readonly partOf: (name: string) => string },
  factor: number,
): FusionWeights {
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
