/**
 * How the mass of a group becomes a part of the score: f(z) = linear·z + saturating·(1 − e^(−z/τ)) +
 * logarithmic·log(1 + z/κ), with weights ≥ 0, so that more evidence never takes away. f is odd: a mass that
 * speaks against the item counts as much as one that speaks for it.
 */
export interface Shape {
  readonly linear: number;
  readonly saturating: number;
  readonly logarithmic: number;
  /** Mass at which the saturating part has reached 63 %. */
  readonly tau: number;
  /** Mass at which the logarithm has reached log 2. */
  readonly kappa: number;
}

export const FLAT: Shape = { linear: 0, saturating: 0, logarithmic: 0, tau: 1, kappa: 1 };

/** A shape that is a plain weight. */
export function straight(weight: number): Shape {
  return { ...FLAT, linear: weight };
}

/** f(z). */
export function applyShape(shape: Shape, mass: number): number {
  const straightPart = shape.linear * mass;
  if (shape.saturating === 0 && shape.logarithmic === 0) return straightPart;
  const size = Math.abs(mass);
  const bent =
    shape.saturating * -Math.expm1(-size / shape.tau) + shape.logarithmic * Math.log1p(size / shape.kappa);
  return straightPart + Math.sign(mass) * bent;
}

/** f'(0): what the first piece of evidence is worth per mass. */
export function slopeAtZero({ linear, saturating, logarithmic, tau, kappa }: Shape): number {
  return linear + saturating / tau + logarithmic / kappa;
}

/** The share of f(z) that each unit of mass carries: f(z)/z, f'(0) where there is none. */
export function shareOf(shape: Shape, mass: number): number {
  return mass === 0 ? slopeAtZero(shape) : applyShape(shape, mass) / mass;
}

/** The same shape, `factor` times as high. */
export function scaleShape(shape: Shape, factor: number): Shape {
  return {
    ...shape,
    linear: shape.linear * factor,
    saturating: shape.saturating * factor,
    logarithmic: shape.logarithmic * factor,
  };
}
