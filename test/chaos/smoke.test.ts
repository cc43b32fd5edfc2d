import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it, vi } from "vitest";
import type { Trial } from "./strikeEdit.ts";

vi.setConfig({ testTimeout: 180_000 }); // real processes and a Postgres of their own

const chaos = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, ["--import", "tsx", "test/chaos/run.ts", ...args], {
    maxBuffer: 2 ** 24,
  });

it("finds an edit whole or absent, whichever of its statements the process or Postgres dies at", async () => {
  const { stdout } = await chaos("addTriple", "together", "--every", "9", "--json");
  const trials: Trial[] = JSON.parse(stdout);
  expect(new Set(trials.map(({ target }) => target))).toEqual(new Set(["process", "postgres"]));
  expect(trials.length).toBeGreaterThan(4);
  expect(trials.flatMap(({ faults }) => faults)).toEqual([]);
  expect(trials.filter(({ strike }) => strike.at === 1).every(({ written }) => !written)).toBe(true);
});

it("names an edit that it does not know", async () => {
  await expect(chaos("addTripel")).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining("unknown edit addTripel"),
  });
});
