import { describe, expect, it } from "vitest";
import { compareText } from "../../../src/kg/snapshot/compareText.ts";
import { shortestReal } from "../../../src/kg/snapshot/shortestReal.ts";

describe("texts and numbers as Postgres has them", () => {
  it("orders texts by code points, where UTF-16 units would order them otherwise", () => {
    const texts = ["\u{1F600}", "\uFFEE", "b", "a", "ab", ""];
    expect(texts.sort(compareText)).toEqual(["", "a", "ab", "b", "\uFFEE", "\u{1F600}"]);
    const bytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(texts).toEqual(bytes);
  });

  it("writes a float4 as the shortest decimal that reads back as it", () => {
    const written = [0, 1, 0.9, 0.1, 0.12345679, 1 / 3, 2 / 3, 0.30000001, 5 / 6, 1e-20];
    for (const decimal of written)
      expect(Math.fround(shortestReal(Math.fround(decimal)))).toBe(Math.fround(decimal));
    expect([0.9, 0.1, 0.7].map((decimal) => shortestReal(Math.fround(decimal)))).toEqual([0.9, 0.1, 0.7]);
    expect(shortestReal(Math.fround(2 / 3))).toBe(0.6666667); // 0.666666686534882 read back
  });
});
