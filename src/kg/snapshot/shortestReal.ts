const KNOWN = 10_000;
const known = new Map<number, number>();

/**
 * Gives the number that a float4 is written as: the shortest decimal that reads back as the same float4, which is
 * what Postgres prints. 0.8999999761581421, as an array of float4 holds it, is 0.9.
 */
export function shortestReal(real: number): number {
  const found = known.get(real);
  if (found !== undefined) return found;
  let shortest = real;
  for (let digits = 1; digits <= 9; digits++) {
    shortest = Number(real.toPrecision(digits));
    if (Math.fround(shortest) === real) break;
  }
  if (known.size >= KNOWN) known.clear();
  known.set(real, shortest);
  return shortest;
}
