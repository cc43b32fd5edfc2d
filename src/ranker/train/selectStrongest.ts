/**
 * Finds the positions of the `count` entries of largest magnitude, ascending; of equal ones the first, and
 * zeros never. `scratch` is as long as the row. Cost: about four passes over the row; nothing is sorted.
 */
export function selectStrongest(row: Float64Array, count: number, scratch: Float64Array): Int32Array {
  let size = 0;
  for (let place = 0; place < row.length; place++) {
    const magnitude = Math.abs(row[place]);
    if (magnitude > 0) scratch[size++] = magnitude;
  }
  const most = Math.min(count, size);
  const bound = size > most && most > 0 ? findSmallest(scratch, size, size - most) : 0;
  let ties = bound > 0 ? most : 0; // entries at the bound that still fit
  if (bound > 0) for (let at = 0; at < size; at++) if (scratch[at] > bound) ties--;
  const places = new Int32Array(most);
  for (let place = 0, taken = 0; taken < most; place++) {
    const magnitude = Math.abs(row[place]);
    if (magnitude > bound) places[taken++] = place;
    else if (magnitude === bound && ties > 0) {
      places[taken++] = place;
      ties--;
    }
  }
  return places;
}

/** The value that would stand at `rank` were values[0 … size − 1] sorted; they are reordered. Quickselect. */
function findSmallest(values: Float64Array, size: number, rank: number): number {
  let low = 0;
  let high = size - 1;
  while (low < high) {
    const pivot = values[(low + high) >>> 1];
    let left = low;
    let right = high;
    while (left <= right) {
      while (values[left] < pivot) left++;
      while (values[right] > pivot) right--;
      if (left > right) break;
      const value = values[left];
      values[left++] = values[right];
      values[right--] = value;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else break;
  }
  return values[rank];
}
