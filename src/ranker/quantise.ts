/** Rows of numbers as whole numbers −127…127, each row with a scale of its own. */
export interface QuantisedRows {
  readonly codes: Int8Array;
  /** One per row. */
  readonly scale: Float32Array;
}

/** Where each row begins, with the end of the last: [rows + 1]. */
export type RowStarts = ArrayLike<number>;

/** Starts of rows that are all `width` long. */
export function evenStarts(length: number, width: number): RowStarts {
  const rows = width > 0 ? length / width : 0;
  return Float64Array.from({ length: rows + 1 }, (_, row) => row * width);
}

/** Quantises each row to 8 bits: v ≈ code · scale, with scale = max|v| / 127. The largest error is half a scale. */
export function quantiseRows(values: Float32Array, starts: RowStarts): QuantisedRows {
  const codes = new Int8Array(values.length);
  const scale = new Float32Array(starts.length - 1);
  for (let row = 0; row < scale.length; row++) {
    let most = 0;
    for (let at = starts[row]; at < starts[row + 1]; at++) most = Math.max(most, Math.abs(values[at]));
    scale[row] = most / 127;
    if (scale[row] === 0) continue;
    for (let at = starts[row]; at < starts[row + 1]; at++) codes[at] = Math.round(values[at] / scale[row]);
  }
  return { codes, scale };
}

/** Gives the numbers back. */
export function restoreRows({ codes, scale }: QuantisedRows, starts: RowStarts): Float32Array {
  const values = new Float32Array(codes.length);
  for (let row = 0; row < scale.length; row++) {
    for (let at = starts[row]; at < starts[row + 1]; at++) values[at] = codes[at] * scale[row];
  }
  return values;
}
