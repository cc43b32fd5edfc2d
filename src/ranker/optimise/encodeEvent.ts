import { crc32c, maskCrc } from "./crc32c.ts";

/** One event of a TensorBoard file: the version that opens it, or numbers at a step. */
export type Event =
  | { readonly wallTime: number; readonly fileVersion: string }
  | { readonly wallTime: number; readonly step: number; readonly scalars: Readonly<Record<string, number>> };

/**
 * Encodes an event as one record of a TensorBoard event file: the length, its masked CRC, the protobuf, its
 * masked CRC. `wallTime` is in seconds since 1970.
 * @see tensorflow/core/util/event.proto, tensorflow/core/framework/summary.proto
 */
export function encodeEvent(event: Event): Buffer {
  const data = "fileVersion" in event ? encodeVersion(event) : encodeScalars(event);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  return Buffer.concat([length, checksum(length), data, checksum(data)]);
}

function encodeVersion({ wallTime, fileVersion }: Extract<Event, { fileVersion: string }>): Buffer {
  return Buffer.concat([fixed64(1, wallTime), delimited(3, Buffer.from(fileVersion))]);
}

function encodeScalars({ wallTime, step, scalars }: Extract<Event, { step: number }>): Buffer {
  const values = Object.entries(scalars).map(([tag, value]) =>
    delimited(1, Buffer.concat([delimited(1, Buffer.from(tag)), fixed32(2, value)])),
  );
  return Buffer.concat([
    ...[fixed64(1, wallTime), tag(2, 0), varint(step)],
    delimited(5, Buffer.concat(values)),
  ]);
}

function tag(field: number, wireType: 0 | 1 | 2 | 5): Buffer {
  return varint(field * 8 + wireType);
}

function fixed64(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([tag(field, 1), bytes]);
}

function fixed32(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([tag(field, 5), bytes]);
}

function delimited(field: number, bytes: Buffer): Buffer {
  return Buffer.concat([tag(field, 2), varint(bytes.length), bytes]);
}

/** Seven bits to a byte, the lowest first; the top bit says that more follow. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

function checksum(bytes: Uint8Array): Buffer {
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(maskCrc(crc32c(bytes)));
  return crc;
}
