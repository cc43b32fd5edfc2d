/**
 * Finds the indices of the `k` highest scores, best first; equal scores go by ascending index, and −Infinity
 * and NaN are never taken. Cost O(n + n_better · log k) by a bounded heap: the list is not sorted.
 */
export function selectTop(scores: Float64Array, k: number): Int32Array {
  const heap = new Int32Array(Math.min(k, scores.length));
  let size = 0;
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index];
    if (!(score > Number.NEGATIVE_INFINITY)) continue;
    if (size < heap.length) {
      heap[size++] = index;
      if (size === heap.length) for (let at = (size >> 1) - 1; at >= 0; at--) sink(heap, scores, at, size);
    } else if (size > 0 && score > scores[heap[0]]) {
      // An equal score comes later in index order, so it never replaces the root.
      heap[0] = index;
      sink(heap, scores, 0, size);
    }
  }
  return heap.subarray(0, size).sort((a, b) => scores[b] - scores[a] || a - b);
}

/** Restores "the worst is at the root" below `at`. */
function sink(heap: Int32Array, scores: Float64Array, at: number, size: number): void {
  const index = heap[at];
  let hole = at;
  for (let child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
    if (child + 1 < size && isWorse(scores, heap[child + 1], heap[child])) child++;
    if (!isWorse(scores, heap[child], index)) break;
    heap[hole] = heap[child];
    hole = child;
  }
  heap[hole] = index;
}

function isWorse(scores: Float64Array, a: number, b: number): boolean {
  return scores[a] === scores[b] ? a > b : scores[a] < scores[b];
}
