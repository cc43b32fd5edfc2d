import type { BoundSource, Neighbours } from "./sources.ts";

/** Sums per item, in compact rows: items ascending, one value each. */
export interface Spread {
  readonly items: Int32Array;
  readonly values: Float64Array;
  /** The value of an item, 0 where nothing reached it. */
  valueOf(item: number): number;
}

const SORT_COST = 64; // of one number, in stamps walked

/**
 * Sums values per item in scratch arrays over all items, and hands the sums out in compact rows. One adder
 * serves one model: it is emptied by `take`, and its work must not be interleaved (all of it is synchronous).
 */
export class SpreadAdder {
  #sums: Float64Array;
  #stamps: Uint32Array;
  #stamp = 1;
  #touched: Int32Array;
  #count = 0;

  constructor(size: number) {
    this.#sums = new Float64Array(size);
    this.#stamps = new Uint32Array(size);
    this.#touched = new Int32Array(size);
  }

  /** Adds `factor` · values[entry] to the item of each entry. */
  add({ items, values, start, end }: Neighbours, factor: number) {
    if (end > start && items[end - 1] >= this.#sums.length) this.#grow(items[end - 1] + 1);
    const [sums, stamps, stamp] = [this.#sums, this.#stamps, this.#stamp];
    for (let entry = start; entry < end; entry++) {
      const item = items[entry];
      if (stamps[item] !== stamp) {
        stamps[item] = stamp;
        sums[item] = 0;
        this.#touched[this.#count++] = item;
      }
      sums[item] += factor * values[entry];
    }
  }

  /** Makes room for items that came after the model was bound. */
  #grow(size: number): void {
    const [sums, stamps, touched] = [this.#sums, this.#stamps, this.#touched];
    this.#sums = new Float64Array(size + (size >> 3));
    this.#stamps = new Uint32Array(this.#sums.length);
    this.#sums.set(sums);
    this.#stamps.set(stamps);
    this.#touched = new Int32Array(this.#sums.length);
    this.#touched.set(touched);
  }

  /** Gives the sums and starts anew. */
  take(): Spread {
    const items = this.#listTouched();
    const values = new Float64Array(items.length);
    for (let place = 0; place < items.length; place++) values[place] = this.#sums[items[place]];
    this.#count = 0;
    this.#stamp++;
    return { items, values, valueOf: (item) => findValue(items, values, item) };
  }

  /** The touched items, ascending: sorted where they are few, else found by a walk along the stamps. */
  #listTouched(): Int32Array {
    const count = this.#count;
    if (count * SORT_COST < this.#stamps.length) return this.#touched.slice(0, count).sort();
    const items = new Int32Array(count);
    for (let item = 0, place = 0; place < count; item++) {
      if (this.#stamps[item] === this.#stamp) items[place++] = item;
    }
    return items;
  }
}

/** What one source says of every item that it reaches: Σ_j weight_j · similarity(j, i), j ≠ i. */
export function spreadSource(
  adder: SpreadAdder,
  source: BoundSource,
  history: Int32Array,
  weights: Float64Array,
): Spread {
  for (let place = 0; place < weights.length; place++) {
    if (weights[place] !== 0) adder.add(source.neighboursOf(history[place]), weights[place]);
  }
  return adder.take();
}

function findValue(items: Int32Array, values: Float64Array, item: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (items[middle] < item) low = middle + 1;
    else high = middle;
  }
  return low < items.length && items[low] === item ? values[low] : 0;
}
