import { describe, expect, it } from "vitest";
import { durationSeconds } from "../../src/schema/durationSeconds.ts";

describe("durationSeconds", () => {
  it.each([
    ["P30D", 30 * 86_400],
    ["P1Y2M", (365 + 60) * 86_400],
    ["P2W", 14 * 86_400],
    ["PT12H", 12 * 3_600],
    ["P1DT1H1M1S", 86_400 + 3_600 + 60 + 1],
    ["PT0.5S", 0.5],
    ["PT1,5H", 5_400],
  ])("counts %s as %d seconds", (duration, seconds) => {
    expect(durationSeconds(duration)).toBe(seconds);
  });

  it.each(["-P1D", "P-1D", "P0D", "PT0S", "P", "30 days", "P1001Y"])("refuses %s, naming it", (duration) => {
    expect(() => durationSeconds(duration)).toThrow(`"${duration}"`);
  });
});
