import { createRequire } from "node:module";
import { describe, expect, it, vi } from "vitest";
import { openBackend } from "../../../src/ranker/backend.ts";
import { fusePathsDevice } from "../../../src/ranker/device/fusePathsDevice.ts";
import { drawParameters, SMALL } from "./batches.ts";
import { type Comparison, compareAndClose } from "./compareBackend.ts";
import { runOnSoftwareGpu } from "./runOnSoftwareGpu.ts";

vi.setConfig({ testTimeout: 180_000 }); // a GPU played by software, on machines with little to spare

const LIMIT = 1e-5; // of the greatest value of each parameter; a device computes in float32

describe("a device agrees with the loops over arrays, in scores and all gradients, and leaves no tensor behind", () => {
  it.for(["cpu", "wasm"] as const)("%s", async (name) => {
    const { errors, left, active } = await compareAndClose(name);
    expect(active).toBe(name);
    expectAgreement(errors);
    expect(left).toBe(0);
  });

  it.runIf(isInstalled("@tensorflow/tfjs-node"))("tfjs-node, where it is installed", async () => {
    const { errors, left, active } = await compareAndClose("tfjs-node");
    expect(active).toBe("tensorflow");
    expectAgreement(errors);
    expect(left).toBe(0);
  });

  const hasDriver = process.platform === "linux" && process.arch === "x64";
  if (!hasDriver) console.warn("not tested: webgpu, whose software driver comes for linux-x64 only");
  it.runIf(hasDriver)("webgpu on a software driver, by programs that the GPU ran", async () => {
    const { errors, left, active, device, programs, submits } = await runOnSoftwareGpu();
    expect(active).toBe("webgpu");
    expect(device).toMatch(/swiftshader/i);
    expectAgreement(errors);
    expect(left).toBe(0);
    // One program per kind of operation: gather, product, sum, segment sum, sigmoid, expm1, log1p, abs, sign …
    expect(programs).toBeGreaterThan(12);
    expect(submits).toBeGreaterThan(12);
  });
});

it("scores rows without any path by the bias on a device too", async () => {
  const backend = await openBackend("wasm");
  const none = new Int32Array(0);
  const empty = { rows: 2, row: none, group: none, user: none, meeting: none, mass: new Float32Array(0) };
  const { score, gate, contribution } = await fusePathsDevice(backend, empty, drawParameters(SMALL)); // bias ¼
  expect([[...score], [...gate], [...contribution]]).toEqual([[0.25, 0.25], [], []]);
  backend.close();
});

function expectAgreement(errors: Comparison): void {
  expect(Object.keys(errors)).toHaveLength(4 * 10);
  for (const [part, error] of Object.entries(errors)) expect(error, part).toBeLessThan(LIMIT);
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
