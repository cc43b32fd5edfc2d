import type { BoundSource, Neighbours } from "./sources.ts";

/** Sums per item, in compact rows: items ascending, one value each, none of them 0. */
export class Spread {
  constructor(
    readonly items: Int32Array,
    readonly values: Float64Array,
    /** Where the sums still stand by item, until others do. */
    private readonly adder: SpreadAdder | null = null,
  ) {}

  /** The value of an item, 0 where nothing reached it. */
  valueOf(item: number): number {
    if (this.adder?.holds === this) return this.adder.sumOf(item);
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
 * Sums values per item in a scratch array over all items, and hands the sums out in compact rows. The array is one for
 * all the sums of a model's source: the next ones empty it, and their work must not be interleaved (all of it is
 * synchronous).
 */
export class SpreadAdder {
  #sums: Float64Array;
  #found: Int32Array;
  /** Neighbours added since `take`. */
  #rows: Neighbours[] = [];
  #entries = 0;
  #held: Spread | null = null;

  constructor(size: number) {
    this.#sums = new Float64Array(size);
    this.#found = new Int32Array(size);
  }

  /** What was taken last, whose sums can be read by item. */
  get holds(): Spread | null {
    return this.#held;
  }

  /** The sum of an item in what was taken last. */
  sumOf(item: number): number {
    return item < this.#sums.length ? this.#sums[item] : 0;
  }

  /** Adds `factor` · values[entry] to the item of each entry. */
  add(row: Neighbours, factor: number): void {
    const { items, values, start, end } = row;
    if (end === start) return;
    if (this.#held) this.#empty(this.#held);
    if (items[end - 1] >= this.#sums.length) this.#grow(items[end - 1] + 1);
    this.#rows.push(row);
    this.#entries += end - start;
    const sums = this.#sums;
    for (let entry = start; entry < end; entry++) sums[items[entry]] += factor * values[entry];
  }

  /** Gives the sums; what is added afterwards starts anew. */
  take(): Spread {
    if (this.#held) this.#empty(this.#held);
    const spread = this.#entries * SORT_COST < this.#sums.length ? this.#takeFew() : this.#takeMany();
    this.#rows = [];
    this.#entries = 0;
    this.#held = spread;
    return spread;
  }

  #empty({ items }: Spread): void {
    const sums = this.#sums;
    for (let place = 0; place < items.length; place++) sums[items[place]] = 0;
    this.#held = null;
  }

  /** Makes room for items that came after the model was bound. */
  #grow(size: number): void {
    const sums = this.#sums;
    this.#sums = new Float64Array(size + (size >> 3));
    this.#sums.set(sums);
    this.#found = new Int32Array(this.#sums.length);
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
    return new Spread(
      items,
      Float64Array.from(items, (item) => sums[item]),
      this,
    );
  }

  /** Walks along all sums between the first item and the last that any row has. */
  #takeMany(): Spread {
    const sums = this.#sums;
    let [first, last] = [sums.length, -1];
    for (const { items, start, end } of this.#rows) {
      if (items[start] < first) first = items[start];
      if (items[end - 1] > last) last = items[end - 1];
    }
    const found = this.#found;
    let count = 0;
    for (let item = first; item <= last; item++) {
      if (sums[item] !== 0) found[count++] = item;
    }
    const items = found.slice(0, count);
    const values = new Float64Array(count);
    for (let place = 0; place < count; place++) values[place] = sums[items[place]];
    return new Spread(items, values, this);
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
