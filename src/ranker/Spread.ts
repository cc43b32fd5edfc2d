import type { BoundSource, Neighbours } from "./sources.ts";

/** Sums per item, in compact rows: items ascending, one value each, none of them 0. */
export class Spread {
  constructor(
    readonly items: Int32Array,
    readonly values: Float64Array,
  ) {}

  /** The value of an item, 0 where nothing reached it. */
  valueOf(item: number): number {
    const { items } = this;
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (items[middle] < item) low = middle + 1;
      else high = middle;
    }
    return low < items.length && items[low] === item ? this.values[low] : 0;
  }
}

const SORT_COST = 64; // of one number, in sums walked

/**
 * Sums values per item in a scratch array over all items, and hands the sums out in compact rows. One adder
 * serves one model: it is emptied by `take`, and its work must not be interleaved (all of it is synchronous).
 */
export class SpreadAdder {
  #sums: Float64Array;
  /** Neighbours added since `take`. */
  #rows: Neighbours[] = [];
  #entries = 0;

  constructor(size: number) {
    this.#sums = new Float64Array(size);
  }

  /** Adds `factor` · values[entry] to the item of each entry. */
  add(row: Neighbours, factor: number): void {
    const { items, values, start, end } = row;
    if (end === start) return;
    if (items[end - 1] >= this.#sums.length) this.#grow(items[end - 1] + 1);
    this.#rows.push(row);
    this.#entries += end - start;
    const sums = this.#sums;
    for (let entry = start; entry < end; entry++) sums[items[entry]] += factor * values[entry];
  }

  /** Makes room for items that came after the model was bound. */
  #grow(size: number): void {
    const sums = this.#sums;
    this.#sums = new Float64Array(size + (size >> 3));
    this.#sums.set(sums);
  }

  /** Gives the sums and starts anew. */
  take(): Spread {
    const spread = this.#entries * SORT_COST < this.#sums.length ? this.#takeFew() : this.#takeMany();
    this.#rows = [];
    this.#entries = 0;
    return spread;
  }

  /** Goes through the rows once more, and sorts. */
  #takeFew(): Spread {
    const touched: number[] = [];
    for (const { items, start, end } of this.#rows) {
      for (let entry = start; entry < end; entry++) touched.push(items[entry]);
    }
    const sums = this.#sums;
    const items = Int32Array.from(touched)
      .sort()
      .filter((item, at, all) => sums[item] !== 0 && item !== all[at - 1]);
    const values = Float64Array.from(items, (item) => sums[item]);
    for (const item of touched) sums[item] = 0;
    return new Spread(items, values);
  }

  /** Walks along all sums. */
  #takeMany(): Spread {
    const sums = this.#sums;
    let count = 0;
    for (let item = 0; item < sums.length; item++) if (sums[item] !== 0) count++;
    const items = new Int32Array(count);
    const values = new Float64Array(count);
    for (let item = 0, place = 0; place < count; item++) {
      if (sums[item] === 0) continue;
      items[place] = item;
      values[place++] = sums[item];
      sums[item] = 0;
    }
    return new Spread(items, values);
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
