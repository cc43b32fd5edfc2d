import type { PathParameters } from "./types.ts";

/** f_g(z) = w·z + sign z·(v·(1 − e^(−|z|/τ)) + l·log(1 + |z|/κ)), the shape of group g. @see applyShape */
export function bend({ weights, tau, kappa }: PathParameters, g: number, z: number): number {
  const groups = tau.length;
  const [saturating, logarithmic] = [weights[groups + g], weights[2 * groups + g]];
  const straight = weights[g] * z;
  if (saturating === 0 && logarithmic === 0) return straight;
  const size = Math.abs(z);
  const bent = saturating * -Math.expm1(-size / tau[g]) + logarithmic * Math.log1p(size / kappa[g]);
  return z < 0 ? straight - bent : straight + bent;
}

/** f_g'(z): what more mass is worth where there is z already. */
export function slope({ weights, tau, kappa }: PathParameters, g: number, z: number): number {
  const groups = tau.length;
  const size = Math.abs(z);
  let sum = weights[g];
  const [saturating, logarithmic] = [weights[groups + g], weights[2 * groups + g]];
  if (saturating !== 0) sum += (saturating * Math.exp(-size / tau[g])) / tau[g];
  if (logarithmic !== 0) sum += logarithmic / (kappa[g] + size);
  return sum;
}
