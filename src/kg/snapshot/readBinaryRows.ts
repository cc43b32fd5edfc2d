const SIGNATURE = Buffer.from("PGCOPY\n\xff\r\n\0", "latin1");
const HEADER_BYTES = SIGNATURE.length + 8; // flags and the length of an extension that no version has
const END_OF_DATA = -1;
const INCOMPLETE = -2;

/** The fields of one row; valid only during the call that gets it. No field may be null. */
export interface BinaryRow {
  /** int4 */
  int(field: number): number;
  /** int8, exact up to 2^53 */
  bigint(field: number): number;
  /** float4 */
  real(field: number): number;
  /** bool */
  bool(field: number): boolean;
  text(field: number): string;
  /** bytea, not a copy */
  bytes(field: number): Buffer;
}

/**
 * Reads the stream of `COPY … TO STDOUT (FORMAT binary)` and calls `onRow` for each row. Holds one chunk of the
 * stream and makes no object per row.
 * @throws RangeError where the stream is not such a COPY, has other than `fields` fields, or ends within a row
 * @see https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format"
 */
export async function readBinaryRows(
  chunks: AsyncIterable<Buffer>,
  fields: number,
  onRow: (row: BinaryRow) => void,
): Promise<void> {
  const cursor = new RowCursor(fields);
  let rest: Buffer = Buffer.alloc(0);
  let started = false;
  let ended = false;
  for await (const chunk of chunks) {
    const buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    if (!started && buffer.length >= HEADER_BYTES) {
      assertSignature(buffer);
      at = HEADER_BYTES;
      started = true;
    }
    if (started && !ended) {
      cursor.open(buffer);
      for (let next = cursor.move(at); next !== INCOMPLETE; next = cursor.move(at)) {
        ended = next === END_OF_DATA;
        if (ended) break;
        onRow(cursor);
        at = next;
      }
    }
    rest = buffer.subarray(at);
  }
  if (!ended) throw new RangeError(`the COPY stream ends with ${rest.length} bytes of an unfinished row`);
}

function assertSignature(buffer: Buffer): void {
  if (!buffer.subarray(0, SIGNATURE.length).equals(SIGNATURE)) {
    throw new RangeError(`the stream starts with ${buffer.toString("hex", 0, 11)}; expected a binary COPY`);
  }
}

class RowCursor implements BinaryRow {
  readonly #at: Int32Array;
  readonly #length: Int32Array;
  #buffer: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(private readonly fields: number) {
    this.#at = new Int32Array(fields);
    this.#length = new Int32Array(fields);
  }

  open(buffer: Buffer): void {
    this.#buffer = buffer;
    this.#view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  }

  /** Moves to the row at `at` and gives where the next one starts. */
  move(at: number): number {
    const size = this.#view.byteLength;
    if (at + 2 > size) return INCOMPLETE;
    const fields = this.#view.getInt16(at);
    if (fields === END_OF_DATA) return END_OF_DATA;
    if (fields !== this.fields) throw new RangeError(`a row has ${fields} fields; expected ${this.fields}`);
    let position = at + 2;
    for (let field = 0; field < fields; field++) {
      if (position + 4 > size) return INCOMPLETE;
      const length = this.#view.getInt32(position);
      if (length < 0) throw new RangeError(`field ${field} of a row is null; expected a value`);
      this.#at[field] = position + 4;
      this.#length[field] = length;
      position += 4 + length;
    }
    return position <= size ? position : INCOMPLETE;
  }

  int(field: number): number {
    return this.#view.getInt32(this.#at[field]);
  }
  bigint(field: number): number {
    const at = this.#at[field];
    return this.#view.getInt32(at) * 4_294_967_296 + this.#view.getUint32(at + 4);
  }
  real(field: number): number {
    return this.#view.getFloat32(this.#at[field]);
  }
  bool(field: number): boolean {
    return this.#view.getInt8(this.#at[field]) !== 0;
  }
  text(field: number): string {
    return this.#buffer.toString("utf8", this.#at[field], this.#at[field] + this.#length[field]);
  }
  bytes(field: number): Buffer {
    return this.#buffer.subarray(this.#at[field], this.#at[field] + this.#length[field]);
  }
}
