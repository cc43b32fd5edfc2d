import { appendFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { crc32c, maskCrc } from "../../../src/ranker/optimise/crc32c.ts";
import { encodeEvent } from "../../../src/ranker/optimise/encodeEvent.ts";
import { openMetricLog } from "../../../src/ranker/optimise/openMetricLog.ts";
import { decodeEvents } from "./decodeEvents.ts";

const folders: string[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "whygraph-log-"));
  folders.push(folder);
});
afterAll(() => Promise.all(folders.map((one) => rm(one, { recursive: true }))));

describe("crc32c", () => {
  it("agrees with the vectors of RFC 3720, B.4", () => {
    expect(crc32c(Buffer.from("123456789"))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, index) => index))).toBe(0x46dd794e);
  });

  it("is masked by a turn of 15 bits to the right and a sum", () => {
    // 0x00008001 turned right by 15 is 0x00020001 (bit 15 → 0, bit 0 → 17); + 0xa282ead8 = 0xa284ead9
    expect(maskCrc(0x00008001)).toBe(0xa284ead9);
    // 0xffffffff turned is itself, −1 as a sum modulo 2³²
    expect(maskCrc(0xffffffff)).toBe(0xa282ead7);
  });
});

describe("encodeEvent", () => {
  it("writes the bytes of the protobuf, one by one", () => {
    const bytes = encodeEvent({ wallTime: 1.5, step: 300, scalars: { a: 0.5 } });
    // 09 double 1.5 | 10 varint 300 = ac 02 | 2a length 8: 0a length 6 (0a 01 'a', 15 float .5… 3 + 5 = 8)
    const data = "09000000000000f83f" + "10ac02" + "2a0a" + "0a08" + "0a0161" + "150000003f";
    expect(bytes.subarray(12, -4).toString("hex")).toBe(data);
    expect(bytes.readBigUInt64LE(0)).toBe(BigInt(data.length / 2));
  });

  it("is read back by a decoder that knows nothing of it", () => {
    const events = [
      encodeEvent({ wallTime: 1_700_000_000.25, fileVersion: "brain.Event:2" }),
      encodeEvent({ wallTime: 2, step: 2 ** 40, scalars: { "valid/mrr": 0.25, loss: -3 } }),
    ];
    expect(decodeEvents(Buffer.concat(events))).toEqual([
      { wallTime: 1_700_000_000.25, fileVersion: "brain.Event:2", step: 0, scalars: {} },
      { wallTime: 2, step: 2 ** 40, scalars: { "valid/mrr": 0.25, loss: -3 } },
    ]);
    const damaged = Buffer.concat(events);
    damaged[20] ^= 1;
    expect(() => decodeEvents(damaged)).toThrow("the CRC of the data");
  });
});

describe("openMetricLog", () => {
  const linesOf = async () =>
    (await readFile(join(folder, "metrics.jsonl"), "utf8"))
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const eventFiles = async () => (await readdir(folder)).filter((name) => name.includes("tfevents")).sort();

  it("writes one line and one event for each epoch, without numbers that are none", async () => {
    const log = await openMetricLog(join(folder, "run"));
    folder = join(folder, "run");
    await log.append({ epoch: 0, loss: 2, mrr: Number.NaN });
    await log.append({ epoch: 1, loss: 1.5, mrr: 0.25 });
    expect(await linesOf()).toEqual([
      { epoch: 0, loss: 2 },
      { epoch: 1, loss: 1.5, mrr: 0.25 },
    ]);
    const [file] = await eventFiles();
    const [version, ...events] = decodeEvents(await readFile(join(folder, file)));
    expect(version.fileVersion).toBe("brain.Event:2");
    expect(events.map(({ step, scalars }) => ({ step, scalars }))).toEqual([
      { step: 0, scalars: { loss: 2 } },
      { step: 1, scalars: { loss: 1.5, mrr: 0.25 } },
    ]);
  });

  it("drops what came after the epoch that a training goes on from, and a line cut off by a crash", async () => {
    const before = await openMetricLog(folder);
    for (const epoch of [0, 1, 2]) await before.append({ epoch, loss: 9 });
    await appendFile(join(folder, "metrics.jsonl"), '{"epoch":1,"lo');
    const after = await openMetricLog(folder, 2);
    await after.append({ epoch: 2, loss: 8 });
    expect(await linesOf()).toEqual([
      { epoch: 0, loss: 9 },
      { epoch: 1, loss: 9 },
      { epoch: 2, loss: 8 },
    ]);
    expect(await eventFiles()).toHaveLength(2);
  });

  it("begins anew where a training does", async () => {
    await (await openMetricLog(folder)).append({ epoch: 0, loss: 9 });
    await (await openMetricLog(folder)).append({ epoch: 0, loss: 7 });
    expect(await linesOf()).toEqual([{ epoch: 0, loss: 7 }]);
  });
});
