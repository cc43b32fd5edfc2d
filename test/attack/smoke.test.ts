import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { Struck } from "./runAttack.ts";

const LIMIT_MS = 180_000;

async function attack(...args: readonly string[]) {
  const { PATH = "", HOME = "" } = process.env;
  try {
    const run = promisify(execFile)(process.execPath, ["--import", "tsx", "test/attack/run.ts", ...args], {
      env: { PATH, HOME },
      timeout: LIMIT_MS - 10_000,
    });
    return { code: 0, ...(await run) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

describe("npm run attack", { timeout: LIMIT_MS }, () => {
  it("runs each attack on a server of its own, and none of the three succeeds here", async () => {
    const { code, stdout, stderr } = await attack("--smoke", "--json");
    expect(code, stderr).toBe(0);
    const struck: Struck[] = JSON.parse(stdout);
    expect(struck.map(({ attack: name, target, succeeded }) => [name, target, succeeded])).toEqual([
      ["fragment bomb", "whygraph", false],
      ["mutation as a form", "whygraph", false],
      ["token: confused", "whygraph", false],
    ]);
    for (const { before, during } of struck) {
      expect(before.asked).toBeGreaterThan(0);
      expect(during.failed).toBe(0);
      expect(during.p99).toBeGreaterThan(0);
    }
  });

  it("refuses an attack that it does not know", async () => {
    const { code, stderr } = await attack("friendly fire");
    expect(code).toBe(2);
    expect(stderr).toMatch("unknown attack friendly fire");
  });
});
