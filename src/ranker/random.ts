/**
 * A seeded source of uniform numbers whose state can be kept and restored (mulberry32): the same state gives
 * the same row.
 */
export class Random {
  /** 32 bits, all there is to keep. */
  state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }
}

/** Makes the same source as a function: the same seed gives the same row. */
export function makeRandom(seed: number): () => number {
  const random = new Random(seed);
  return () => random.next();
}
