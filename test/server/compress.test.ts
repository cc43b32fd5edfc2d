import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { chooseEncoding, compress } from "../../src/server/compress.ts";

const LONG = JSON.stringify(Array.from({ length: 200 }, (_, i) => ({ name: `entity ${i}` })));

describe("answers packed", () => {
  const cases: [string, string | null][] = [
    ["gzip, deflate, br", "br"],
    ["gzip", "gzip"],
    ["GZIP;q=0.5, identity", "gzip"],
    ["br;q=0, *", "gzip"],
    ["*;q=0", null],
    ["identity", null],
    ["deflate", null],
    ["", null],
  ];
  it.each(cases)("take for %j the encoding %s", (accepted, expected) => {
    expect(chooseEncoding(accepted)).toBe(expected);
  });

  it("hold what was sent", async () => {
    const [br, gzip] = [await compress(LONG, "br"), await compress(LONG, "gzip")];
    expect(brotliDecompressSync(br!.body).toString()).toBe(LONG);
    expect(gunzipSync(gzip!.body).toString()).toBe(LONG);
    expect(br!.body.length).toBeLessThan(LONG.length / 3);
  });

  it("are not where they are short, or nobody asks", async () => {
    expect(await compress("{}", "gzip")).toBeNull();
    expect(await compress(LONG, undefined)).toBeNull();
  });

  it("are not where too many are at work already", async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => compress(LONG, "gzip")));
    expect(answers.filter((answer) => answer === null)).toHaveLength(40 - 32);
    expect(await compress(LONG, "gzip")).not.toBeNull();
  });
});
