/**
 * Sorts 0…n−1 by their scores, highest first; of two equal ones the first goes `before` the second where that says so. A
 * merge sort from the bottom up, n·log₂ n comparisons, without an object.
 */
export function orderByScore(scores: Float64Array, before: (a: number, b: number) => boolean): Int32Array {
  const size = scores.length;
  let from = new Int32Array(size);
  let to = new Int32Array(size);
  for (let at = 0; at < size; at++) from[at] = at;
  for (let width = 1; width < size; width *= 2) {
    for (let start = 0; start < size; start += 2 * width) {
      const middle = Math.min(start + width, size);
      const end = Math.min(start + 2 * width, size);
      let [left, right] = [start, middle];
      for (let at = start; at < end; at++) {
        const takesLeft =
          right === end || (left < middle && !goesBefore(scores, from[right], from[left], before));
        to[at] = takesLeft ? from[left++] : from[right++];
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

function goesBefore(
  scores: Float64Array,
  a: number,
  b: number,
  before: (a: number, b: number) => boolean,
): boolean {
  return scores[a] > scores[b] || (scores[a] === scores[b] && before(a, b));
}
