import type { Graph } from "../../kg/types.ts";
import { type GroupLayout, makeDefaultShapes, meanSlope, nameGroups } from "../groups.ts";
import type { FusionWeights, ModelConfig } from "../model.ts";
import { FLAT, type Shape, straight } from "../shape.ts";
import { type Case, thinRows } from "./cases.ts";
import { fitWeights, type WeightCase } from "./fitWeights.ts";

const BASIS = 3; // z, 1 − e^(−z/τ), log(1 + z/κ)

/**
 * Learns the shape of each group: non-negative weights of fixed basis functions of its mass, so that the
 * fit is convex. τ and κ are the median and the 90th percentile of the group's masses. Balanced relations share one
 * shape's weights.
 */
export function fitShapes(
  cases: readonly Case[],
  layout: GroupLayout,
  graph: Graph,
  { shape, relations }: Pick<ModelConfig, "shape" | "relations">,
): FusionWeights {
  const names = nameGroups(
    layout,
    graph.relations.map(({ key }) => key),
  );
  const scales = measureMasses(cases, names.length);
  const bent = shape === "concave";
  const ownerOf = (group: number) =>
    relations === "balanced" ? Math.min(group, layout.firstRelation) : group;
  const isBent = (group: number) => bent && (group < layout.firstSpace || group >= layout.firstRelation);
  const expanded = cases.map((one) => expandCase(one, scales, { isBent, ownerOf }));
  const columns = fitWeights(expanded, names.length * BASIS);
  const shapes = new Map<string, Shape>();
  names.forEach((name, group) => {
    const [linear, saturating, logarithmic] = columns.subarray(
      ownerOf(group) * BASIS,
      (ownerOf(group) + 1) * BASIS,
    );
    if (Number.isNaN(linear)) return; // no case has it: nothing is known of it
    shapes.set(name, {
      ...{ linear, saturating: saturating || 0, logarithmic: logarithmic || 0 },
      ...scales[group],
    });
  });
  return completeShapes(shapes, layout);
}

/** Gives the groups that training has not seen the mean weight of knowledge: triples of their kind may come later. */
function completeShapes(learned: ReadonlyMap<string, Shape>, layout: GroupLayout): FusionWeights {
  const knowledge = [...learned]
    .filter(([name]) => name === "direct" || name.startsWith("relation:"))
    .map(([, shape]) => shape);
  const mean = meanSlope(knowledge);
  const { shapes: defaults, otherRelation } = makeDefaultShapes(layout);
  const shapes: Record<string, Shape> = {};
  for (const name of Object.keys(defaults)) shapes[name] = FLAT;
  shapes.direct = straight(mean);
  for (const [name, shape] of learned) shapes[name] = shape;
  shapes.interest = mean > 0 ? straight(mean) : otherRelation; // what somebody names has some weight
  return { bias: 0, shapes, otherRelation: straight(mean) };
}

/** τ and κ of each group, in one pass over the masses to count them and one to keep them. */
function measureMasses(cases: readonly Case[], groups: number): Pick<Shape, "tau" | "kappa">[] {
  const counts = new Int32Array(groups);
  for (const { group } of cases) for (const one of group) counts[one]++;
  const sizes = Array.from(counts, (count) => new Float64Array(count));
  const filled = new Int32Array(groups);
  for (const { group, mass } of cases) {
    for (let at = 0; at < group.length; at++) sizes[group[at]][filled[group[at]]++] = Math.abs(mass[at]);
  }
  return sizes.map((own) => {
    if (own.length === 0) return { tau: 1, kappa: 1 };
    const sorted = own.sort();
    const quantile = (share: number) =>
      sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
    return { tau: quantile(0.5), kappa: quantile(0.9) };
  });
}

function expandCase(
  one: Case,
  scales: readonly Pick<Shape, "tau" | "kappa">[],
  groups: { readonly isBent: (group: number) => boolean; readonly ownerOf: (group: number) => number },
): WeightCase {
  const { offsets, group, mass, targets } = one;
  const rows = thinRows({ targets, rows: offsets.length - 1 });
  const starts = new Int32Array(rows.length + 1);
  const column: number[] = [];
  const value: number[] = [];
  rows.forEach((row, place) => {
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      const first = groups.ownerOf(group[at]) * BASIS;
      column.push(first);
      value.push(mass[at]);
      if (!groups.isBent(group[at])) continue;
      const { tau, kappa } = scales[group[at]];
      column.push(first + 1, first + 2);
      const [sign, size] = [Math.sign(mass[at]), Math.abs(mass[at])]; // odd, as `applyShape` is
      value.push(sign * -Math.expm1(-size / tau), sign * Math.log1p(size / kappa));
    }
    starts[place + 1] = column.length;
  });
  return { offsets: starts, column: Uint16Array.from(column), value: Float64Array.from(value), targets };
}
