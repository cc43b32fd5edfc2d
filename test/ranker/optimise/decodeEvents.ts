/** An event as TensorBoard sees it: proto3 leaves a step of 0 out. */
export interface DecodedEvent {
  wallTime: number;
  step: number;
  fileVersion?: string;
  scalars: Record<string, number>;
}

/** Decodes a TensorBoard event file after the published formats alone; checks both checksums bit by bit. */
export function decodeEvents(file: Buffer): DecodedEvent[] {
  const events: DecodedEvent[] = [];
  for (let at = 0; at < file.length; ) {
    const length = Number(file.readBigUInt64LE(at));
    if (file.readUInt32LE(at + 8) !== maskedCrc(file.subarray(at, at + 8)))
      throw new Error("the CRC of the length");
    const data = file.subarray(at + 12, at + 12 + length);
    if (file.readUInt32LE(at + 12 + length) !== maskedCrc(data)) throw new Error("the CRC of the data");
    events.push(decodeEvent(data));
    at += 16 + length;
  }
  return events;
}

function decodeEvent(data: Buffer): DecodedEvent {
  const event: DecodedEvent = { wallTime: 0, step: 0, scalars: {} };
  for (const { field, value } of readFields(data)) {
    if (field === 1) event.wallTime = (value as Buffer).readDoubleLE();
    if (field === 2) event.step = value as number;
    if (field === 3) event.fileVersion = value.toString();
    if (field === 5) {
      for (const summary of readFields(value as Buffer)) {
        const parts = new Map(
          [...readFields(summary.value as Buffer)].map((part) => [part.field, part.value]),
        );
        event.scalars[String(parts.get(1))] = (parts.get(2) as Buffer).readFloatLE();
      }
    }
  }
  return event;
}

function* readFields(data: Buffer): Generator<{ field: number; value: Buffer | number }> {
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = BigInt(data[at++]);
      value |= (byte & 127n) << shift;
      if (byte < 128n) return Number(value);
    }
  };
  while (at < data.length) {
    const key = varint();
    const field = key >> 3;
    const wire = key & 7;
    if (wire === 0) yield { field, value: varint() };
    else {
      const size = wire === 1 ? 8 : wire === 5 ? 4 : varint();
      yield { field, value: data.subarray(at, at + size) };
      at += size;
    }
  }
}

/** Division of polynomials, bit by bit, with no table. */
function maskedCrc(bytes: Uint8Array): number {
  let rest = 0xffffffffn;
  for (const byte of bytes) {
    rest ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) rest = rest & 1n ? (rest >> 1n) ^ 0x82f63b78n : rest >> 1n;
  }
  const crc = rest ^ 0xffffffffn;
  return Number((((crc >> 15n) | (crc << 17n)) + 0xa282ead8n) & 0xffffffffn);
}
