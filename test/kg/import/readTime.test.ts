import fc from "fast-check";
import { expect, it } from "vitest";
import { assertTime, readTime, rewriteTime, writeTime } from "../../../src/kg/import/readTime.ts";

it("rewrites epoch seconds as the calendar has them", () => {
  expect(rewriteTime("0")).toBe("1970-01-01T00:00:00Z");
  expect(rewriteTime("951782400")).toBe("2000-02-29T00:00:00Z"); // 11,016 days
  expect(rewriteTime("1700000000")).toBe("2023-11-14T22:13:20Z");
  expect(rewriteTime("1700000000.25")).toBe("2023-11-14T22:13:20.250000Z");
  expect(rewriteTime("-1")).toBe("1969-12-31T23:59:59Z");
});

it("rewrites plain seconds as it reads and writes any other time", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (seconds) => {
      expect(rewriteTime(String(seconds))).toBe(writeTime(readTime("at", String(seconds))));
    }),
  );
});

it("refuses milliseconds and words", () => {
  expect(() => assertTime("at", "1700000000000")).toThrow(/not milliseconds/);
  expect(() => assertTime("at", "yesterday")).toThrow(
    /at is "yesterday"; expected epoch seconds or ISO 8601/,
  );
  expect(() => assertTime("at", "1700000000")).not.toThrow();
});
