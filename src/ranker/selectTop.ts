/**
 * Finds the indices of the `k` highest scores, best first, of equal ones the lower index; −Infinity and NaN are never
 * taken. `accepts` is asked only of what would be taken. Cost O(n + n_better · log k) by a bounded heap: the list is not
 * sorted.
 */
export function selectTop(
  scores: Float64Array,
  k: number,
  accepts: ((index: number) => boolean) | null = null,
): Int32Array {
  const heap = new Heap(scores, Math.min(k, scores.length), true);
  for (let index = 0; index < scores.length; index++) {
    if (scores[index] > heap.floor && (accepts === null || accepts(index))) heap.take(index);
  }
  return heap.drain();
}

/**
 * Gives the indices of all scores, best first, of equal ones the lower index; −Infinity and NaN are left out. Cost O(n), and
 * O(log n) for each that is asked for.
 */
export function* eachFromTop(scores: Float64Array): Generator<number> {
  const heap = new Heap(scores, scores.length, false);
  for (let index = 0; index < scores.length; index++) {
    if (scores[index] > Number.NEGATIVE_INFINITY) heap.take(index);
  }
  yield* heap.pop();
}

/** Indices with the worst of them at the root; where not `highIsBetter`, with the highest score there. */
class Heap {
  readonly #indices: Int32Array;
  #size = 0;
  /** What a score has to pass to be taken: as indices come in their order, of equal scores the first stays. */
  floor: number;

  constructor(
    private readonly scores: Float64Array,
    room: number,
    private readonly highIsBetter: boolean,
  ) {
    this.#indices = new Int32Array(room);
    this.floor = room > 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }

  /** Takes an index, in place of the worst where there is no room. */
  take(index: number): void {
    const indices = this.#indices;
    if (this.#size < indices.length) {
      indices[this.#size++] = index;
      if (this.#size < indices.length) return;
      this.#order();
    } else {
      indices[0] = index;
      this.#sink(0, this.#size);
    }
    this.floor = this.scores[indices[0]];
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
    const isHigher = scores[a] === scores[b] ? a < b : scores[a] > scores[b];
    return isHigher === this.highIsBetter;
  }
}
