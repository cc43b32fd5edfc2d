/** A stream of random numbers that is the same for the same seed, on every machine. */
export interface Random {
  /** Uniform in 0..1, 1 excluded. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  /** Bell-shaped around 0 with standard deviation 1, within −6..6. */
  bell(): number;
  /** One of `values`. */
  pick<T>(values: readonly T[]): T;
  /** One of `values`, each as likely as its weight; weights are whole numbers, so that sums are exact. */
  weigh<T>(values: readonly T[], weightOf: (value: T) => number): T;
}

/**
 * Makes a stream from a text. It is Mulberry32, seeded with FNV-1a; nothing goes in that may differ in
 * the last digit between engines, as exponentials and logarithms do.
 */
export function makeRandom(seed: string): Random {
  let state = hashText(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    whole,
    bell: () => Array.from({ length: 12 }, next).reduce((sum, value) => sum + value, -6),
    pick: (values) => values[whole(0, values.length - 1)]!,
    weigh: (values, weightOf) => {
      let left = next() * values.reduce((sum, value) => sum + weightOf(value), 0);
      for (const value of values) {
        left -= weightOf(value);
        if (left < 0) return value;
      }
      throw new RangeError(`${values.length} values to choose from: expected one with a weight above 0`);
    },
  };
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash | 0;
}
