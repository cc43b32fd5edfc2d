export interface SelectOptions {
  /** Asked only of what would be taken. */
  readonly accepts?: (index: number) => boolean;
  /** Of two equal scores, whether the first goes before; by ascending index where left out. */
  readonly before?: (a: number, b: number) => boolean;
}

/**
 * Finds the indices of the `k` highest scores, best first; −Infinity and NaN are never taken. Cost O(n + n_better · log k)
 * by a bounded heap: the list is not sorted.
 */
export function selectTop(scores: Float64Array, k: number, options: SelectOptions = {}): Int32Array {
  const { accepts, before = isLower } = options;
  const heap = new Heap(scores, before, Math.min(k, scores.length));
  for (let index = 0; index < scores.length; index++) {
    if (scores[index] > Number.NEGATIVE_INFINITY && heap.wants(index) && (!accepts || accepts(index))) {
      heap.take(index);
    }
  }
  return heap.drain();
}

/**
 * Gives the indices of all scores, best first, of equal ones the lower index; −Infinity and NaN are left out. Cost O(n), and
 * O(log n) for each that is asked for.
 */
export function* eachFromTop(scores: Float64Array): Generator<number> {
  const reversed = scores.map((score) => -score);
  const heap = new Heap(reversed, (a, b) => a > b, scores.length);
  for (let index = 0; index < scores.length; index++) {
    if (scores[index] > Number.NEGATIVE_INFINITY) heap.take(index);
  }
  yield* heap.pop();
}

function isLower(a: number, b: number): boolean {
  return a < b;
}

/** The best indices so far; the worst of them is at the root. */
class Heap {
  readonly #indices: Int32Array;
  #size = 0;

  constructor(
    private readonly scores: Float64Array,
    private readonly before: (a: number, b: number) => boolean,
    room: number,
  ) {
    this.#indices = new Int32Array(room);
  }

  wants(index: number): boolean {
    if (this.#size < this.#indices.length) return true;
    return this.#size > 0 && this.#isBetter(index, this.#indices[0]);
  }

  take(index: number): void {
    const indices = this.#indices;
    if (this.#size < indices.length) {
      indices[this.#size++] = index;
      if (this.#size === indices.length) this.#order();
    } else {
      indices[0] = index;
      this.#sink(0, this.#size);
    }
  }

  /** Gives what was taken, best first: the worst goes to the end, again and again. */
  drain(): Int32Array {
    const indices = this.#indices;
    if (this.#size < indices.length) this.#order();
    for (let last = this.#size - 1; last > 0; last--) {
      const worst = indices[0];
      indices[0] = indices[last];
      indices[last] = worst;
      this.#sink(0, last);
    }
    return indices.subarray(0, this.#size);
  }

  /** Gives what was taken, worst first. */
  *pop(): Generator<number> {
    const indices = this.#indices;
    if (this.#size < indices.length) this.#order();
    while (this.#size > 0) {
      yield indices[0];
      indices[0] = indices[--this.#size];
      this.#sink(0, this.#size);
    }
  }

  #order(): void {
    for (let at = (this.#size >> 1) - 1; at >= 0; at--) this.#sink(at, this.#size);
  }

  /** Restores "the worst is at the root" below `at`. */
  #sink(at: number, size: number): void {
    const indices = this.#indices;
    const index = indices[at];
    let hole = at;
    for (let child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && this.#isBetter(indices[child], indices[child + 1])) child++;
      if (this.#isBetter(indices[child], index)) break;
      indices[hole] = indices[child];
      hole = child;
    }
    indices[hole] = index;
  }

  #isBetter(a: number, b: number): boolean {
    const { scores } = this;
    return scores[a] > scores[b] || (scores[a] === scores[b] && this.before(a, b));
  }
}
