import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it, vi } from "vitest";
import type { DeviceResult } from "./device.ts";

vi.setConfig({ testTimeout: 180_000 }); // real processes, on machines with little to spare

const bench = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, [
    "--import",
    "tsx",
    "test/bench/run.ts",
    "device",
    "--smoke",
    ...args,
  ]);

it("measures the backend that is asked for beside loops over arrays, and that both agree", async () => {
  const { stdout } = await bench("--json", "--backend", "wasm");
  const { device }: { device: DeviceResult } = JSON.parse(stdout);
  expect(device.rows.map(({ name }) => name)).toEqual(["arrays", "wasm"]);
  for (const { timings } of device.rows) {
    expect(timings.map(({ name }) => name)).toEqual(["request", "batch", "epoch"]);
    for (const { ms, error } of timings) {
      expect(ms).toBeGreaterThan(0);
      expect(error).toBeLessThan(1e-5);
    }
  }
});

it("fails where the backend that is asked for is missing or unknown", async () => {
  await expect(bench("--backend", "abacus")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(
      "there is no compute backend abacus; expected one of auto, tfjs-node-gpu, webgpu, tfjs-node, wasm, cpu",
    ),
  });
});
