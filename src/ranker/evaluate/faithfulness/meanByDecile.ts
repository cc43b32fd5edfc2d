/** One tenth of what was measured, in the order of a key. */
export interface Decile {
  /** Smallest and largest key in it. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly mean: number;
}

/** Sorts pairs of key and value by key and gives the mean value of each tenth of them; fewer than ten pairs, fewer tenths. */
export function meanByDecile(pairs: readonly { readonly key: number; readonly value: number }[]): Decile[] {
  const sorted = [...pairs].sort((a, b) => a.key - b.key);
  const tenths = Math.min(10, sorted.length);
  return Array.from({ length: tenths }, (_, tenth) => {
    const start = Math.floor((tenth * sorted.length) / tenths);
    const part = sorted.slice(start, Math.floor(((tenth + 1) * sorted.length) / tenths));
    return {
      from: part[0].key,
      to: part[part.length - 1].key,
      count: part.length,
      mean: part.reduce((sum, { value }) => sum + value, 0) / part.length,
    };
  });
}
