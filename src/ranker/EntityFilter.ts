const BITS = 16; // 65,536 places, 8 kB

/**
 * A set of entities that may err on the side of yes (a Bloom filter with one hash): nearly all that an item's triples lead
 * to has no part in a history, and one look at a bit says so without a map.
 */
export class EntityFilter {
  readonly #bits = new Uint32Array(1 << (BITS - 5));

  add(entity: number): void {
    this.#bits[(entity >>> 5) & MASK] |= 1 << (entity & 31);
  }

  /** False only where the entity was not added. */
  mayHave(entity: number): boolean {
    return (this.#bits[(entity >>> 5) & MASK] & (1 << (entity & 31))) !== 0;
  }
}

const MASK = (1 << (BITS - 5)) - 1;
