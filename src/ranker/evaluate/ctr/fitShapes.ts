import { applyShape, type Shape, straight } from "../../shape.ts";
import { fitLogistic, type Logistic } from "./fitLogistic.ts";
import { type Masses, NEWCOMER } from "./measureMasses.ts";

/** The additive model: logit = bias + Σ_g f_g(z_g), every f_g ≥ 0, growing and concave. */
export interface AdditiveModel {
  readonly bias: number;
  readonly groups: readonly string[];
  /** Shape of each group. */
  readonly shapes: readonly Shape[];
}

export interface ShapeOptions {
  readonly ridge: number;
  /** False: plain weights, f(z) = w·z. */
  readonly concave: boolean;
}

/**
 * Fits the shapes of all groups together: f is a mixture of z, 1 − e^(−z/τ) and log(1 + z/κ) with weights ≥ 0,
 * so the fit is one convex logistic regression. τ is the median and κ the ninth decile of the masses that are not
 * 0. Columns are scaled to a mean square of 1 while they are fitted, so that the ridge treats them alike.
 */
export function fitShapes(
  masses: Masses,
  labels: ArrayLike<number>,
  options: ShapeOptions & { readonly start?: FittedShapes },
): FittedShapes {
  const bases = masses.groups.map((name, group) =>
    makeBases(masses.values[group], options.concave && name !== NEWCOMER),
  );
  const columns = bases.flatMap((shapes, group) =>
    shapes.map((shape) => masses.values[group].map((mass) => applyShape(shape, mass))),
  );
  const sizes = columns.map(
    (column) => Math.sqrt(column.reduce((sum, x) => sum + x * x, 0) / column.length) || 1,
  );
  for (const [at, column] of columns.entries())
    for (let row = 0; row < column.length; row++) column[row] /= sizes[at];
  const logistic = fitLogistic({ columns, labels, ridge: options.ridge, start: options.start?.logistic });
  let next = 0;
  const shapes = bases.map((parts) =>
    parts.reduce(
      (sum, part) => addShape(sum, part, logistic.weights[next] / sizes[next++]),
      parts[0] && blank(parts),
    ),
  );
  return { model: { bias: logistic.bias, groups: masses.groups, shapes }, logistic };
}

/** A fitted model, and the regression behind it as a start for the next. */
export interface FittedShapes {
  readonly model: AdditiveModel;
  readonly logistic: Logistic;
}

/** Scores rows by their masses: one logit each, [rows]. */
export function scoreMasses({ bias, shapes }: AdditiveModel, { values }: Masses): Float64Array {
  const logits = new Float64Array(values[0].length).fill(bias);
  for (const [group, column] of values.entries()) {
    for (let row = 0; row < column.length; row++) logits[row] += applyShape(shapes[group], column[row]);
  }
  return logits;
}

function makeBases(masses: Float64Array, concave: boolean): Shape[] {
  if (!concave) return [straight(1)];
  const sorted = masses.filter((mass) => mass > 0).sort();
  const quantile = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 1;
  const scales = { tau: quantile(0.5), kappa: quantile(0.9) };
  const none = { linear: 0, saturating: 0, logarithmic: 0, ...scales };
  return [
    { ...none, linear: 1 },
    { ...none, saturating: 1 },
    { ...none, logarithmic: 1 },
  ];
}

function blank([first]: readonly Shape[]): Shape {
  return { ...first, linear: 0, saturating: 0, logarithmic: 0 };
}

function addShape(sum: Shape, part: Shape, weight: number): Shape {
  return {
    ...sum,
    linear: sum.linear + weight * part.linear,
    saturating: sum.saturating + weight * part.saturating,
    logarithmic: sum.logarithmic + weight * part.logarithmic,
  };
}
