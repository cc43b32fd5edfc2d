import { createHash } from "node:crypto";
import { DomainError } from "../../errors.ts";

const TYPES = { Float32Array, Float64Array, Int32Array, Uint32Array } as const;
const SUM = 32; // bytes of a SHA-256

export type NumberArray = Float32Array | Float64Array | Int32Array | Uint32Array;

/** Named arrays, and what is said about them in JSON. */
export interface Packed<Header> {
  readonly header: Header;
  readonly arrays: Readonly<Record<string, NumberArray>>;
}

interface Layout {
  readonly header: unknown;
  readonly arrays: readonly {
    readonly name: string;
    readonly type: keyof typeof TYPES;
    readonly length: number;
  }[];
}

/**
 * Packs named arrays behind a magic line: the magic, one line of JSON, then the arrays, little-endian and
 * 8-aligned, then the SHA-256 of all that, so that no half of it passes for the whole.
 */
export function packArrays<Header>(magic: string, { header, arrays }: Packed<Header>): Buffer {
  const layout: Layout = {
    header,
    arrays: Object.entries(arrays).map(([name, array]) => ({
      ...{ name, length: array.length },
      type: array.constructor.name as keyof typeof TYPES,
    })),
  };
  const parts = [padded(Buffer.from(`${magic}\n${JSON.stringify(layout)}\n`))];
  for (const array of Object.values(arrays)) {
    parts.push(padded(Buffer.from(array.buffer, array.byteOffset, array.byteLength)));
  }
  const body = Buffer.concat(parts);
  return Buffer.concat([body, createHash("sha256").update(body).digest()]);
}

/**
 * Unpacks what `packArrays` packed under the same magic; the arrays are copies. `what` names the thing in errors.
 * @throws {DomainError} CONFIGURATION where the bytes are something else, cut off or altered
 */
export function unpackArrays<Header>(bytes: Buffer, magic: string, what: string): Packed<Header> {
  const refuse = (reason: string) => new DomainError("CONFIGURATION", `not a usable ${what}: ${reason}`);
  const start = Buffer.from(`${magic}\n`);
  if (!bytes.subarray(0, start.length).equals(start)) {
    const found = JSON.stringify(bytes.subarray(0, start.length - 1).toString("latin1"));
    throw refuse(`it begins with ${found}, expected ${JSON.stringify(magic)}`);
  }
  const body = bytes.subarray(0, Math.max(0, bytes.length - SUM));
  if (!createHash("sha256").update(body).digest().equals(bytes.subarray(body.length))) {
    throw refuse(`its ${bytes.length} bytes do not have the checksum at their end; expected a whole file`);
  }
  const end = body.indexOf(10, start.length);
  const layout = JSON.parse(body.toString("utf8", start.length, end)) as Layout;
  let at = align(end + 1);
  const arrays: Record<string, NumberArray> = {};
  for (const { name, type, length } of layout.arrays) {
    const size = length * TYPES[type].BYTES_PER_ELEMENT;
    const copy = new Uint8Array(size);
    copy.set(body.subarray(at, at + size));
    arrays[name] = new TYPES[type](copy.buffer);
    at = align(at + size);
  }
  return { header: layout.header as Header, arrays };
}

function align(at: number): number {
  return Math.ceil(at / 8) * 8;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(align(bytes.length) - bytes.length)]);
}
