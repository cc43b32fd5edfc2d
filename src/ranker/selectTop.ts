/**
 * Finds the indices of the `k` highest scores, best first; equal scores go by ascending index, and −Infinity
 * and NaN are never taken. Cost O(n + n_better · log k) by a bounded heap: the list is not sorted. `accepts` is
 * asked only of what would be taken.
 */
export function selectTop(scores: Float64Array, k: number, accepts?: (index: number) => boolean): Int32Array {
  const heap = new Int32Array(Math.min(k, scores.length));
  let size = 0;
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index];
    if (!(score > Number.NEGATIVE_INFINITY)) continue;
    if (size < heap.length) {
      if (accepts && !accepts(index)) continue;
      heap[size++] = index;
      if (size === heap.length) for (let at = (size >> 1) - 1; at >= 0; at--) sink(heap, scores, at, size);
    } else if (size > 0 && score > scores[heap[0]]) {
      // An equal score comes later in index order, so it never replaces the root.
      if (accepts && !accepts(index)) continue;
      heap[0] = index;
      sink(heap, scores, 0, size);
    }
  }
  if (size < heap.length) for (let at = (size >> 1) - 1; at >= 0; at--) sink(heap, scores, at, size);
  return drain(heap.subarray(0, size), scores);
}

/** Sorts a heap in place, best first: its worst goes to the end, again and again. */
function drain(heap: Int32Array, scores: Float64Array): Int32Array {
  for (let size = heap.length - 1; size > 0; size--) {
    const worst = heap[0];
    heap[0] = heap[size];
    heap[size] = worst;
    sink(heap, scores, 0, size);
  }
  return heap;
}

/** Restores "the worst is at the root" below `at`. */
function sink(heap: Int32Array, scores: Float64Array, at: number, size: number): void {
  const index = heap[at];
  const score = scores[index];
  let hole = at;
  for (let child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
    if (child + 1 < size && isWorse(scores, heap[child + 1], heap[child])) child++;
    const other = heap[child];
    if (scores[other] > score || (scores[other] === score && other < index)) break;
    heap[hole] = other;
    hole = child;
  }
  heap[hole] = index;
}

function isWorse(scores: Float64Array, a: number, b: number): boolean {
  return scores[a] === scores[b] ? a > b : scores[a] < scores[b];
}
