import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { afterEach, describe, expect, it } from "vitest";
import {
  BACKENDS,
  type Backend,
  type BackendName,
  describeBackend,
  openBackend,
} from "../../src/ranker/backend.ts";

const open: Backend[] = [];
afterEach(() => {
  for (const backend of open.splice(0)) backend.close();
});

async function openIt(choice: BackendName | "auto"): Promise<Backend> {
  const backend = await openBackend(choice);
  open.push(backend);
  return backend;
}

describe("openBackend", () => {
  it.for(["cpu", "wasm"] as const)("opens %s, and computes on it", async (name) => {
    const { tf, device, version, skipped } = await openIt(name);
    expect(tf.getBackend()).toBe(name);
    expect(version).toBe("4.22.0");
    expect(device).not.toBe("");
    expect(skipped).toEqual([]);
    expect(await tf.matMul([[1, 2]], [[3], [4]]).array()).toEqual([[11]]); // 1·3 + 2·4
  });

  it("takes for auto the first that there is, and says why each before it is not there", async () => {
    const { name, skipped } = await openIt("auto");
    expect([...skipped.map((one) => one.name), name]).toEqual(BACKENDS.slice(0, BACKENDS.indexOf(name) + 1));
    for (const { reason } of skipped) expect(reason).toMatch(/\w/);
  });

  it.runIf(!isInstalled("@tensorflow/tfjs-node"))(
    "refuses one that is not installed, and says how to have it",
    async () => {
      await expect(openBackend("tfjs-node")).rejects.toMatchObject({
        code: "CONFIGURATION",
        message:
          "the compute backend tfjs-node cannot be opened: the package @tensorflow/tfjs-node is not installed; npm ci " +
          "installs it where the downloads of TensorFlow, or a mirror named in TFJS_NODE_BASE_URI, can be reached",
      });
    },
  );

  it.runIf(process.platform === "linux" && !existsSync("/dev/dri") && !existsSync("/dev/nvidia0"))(
    "refuses webgpu where there is no GPU, rather than compute elsewhere",
    async () => {
      const before = await openIt("cpu");
      await expect(openBackend("webgpu")).rejects.toMatchObject({
        code: "CONFIGURATION",
        message: expect.stringMatching(/^the compute backend webgpu cannot be opened: no adapter: .*driver/),
      });
      expect(before.tf.getBackend()).toBe("cpu");
    },
  );

  it("computes on each of two open backends, and leaves the active one active", async () => {
    const wasm = await openIt("wasm");
    const cpu = await openIt("cpu");
    const names = [wasm, cpu].map((backend) => {
      let used = "";
      backend.compute((tf) => {
        used = tf.getBackend();
        return tf.scalar(1);
      });
      return [used, backend.tf.getBackend()];
    });
    expect(names).toEqual([
      ["wasm", "cpu"],
      ["cpu", "cpu"],
    ]);
  });

  it("opens again what was closed", async () => {
    (await openBackend("wasm")).close();
    const { tf } = await openIt("wasm");
    expect(await tf.add([1], [2]).array()).toEqual([3]);
  });

  it("leaves errors that nobody catches to Node", async () => {
    const count = () =>
      ["uncaughtException", "unhandledRejection"].map((event) => process.listenerCount(event));
    const before = count();
    await openIt("wasm");
    expect(count()).toEqual(before);
  });

  it("sums segments on wasm as elsewhere: in rows, negative ones left out, gradients back to the rows", async () => {
    const { tf } = await openIt("wasm");
    const rows = tf.tensor2d([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ]);
    const ids = tf.tensor1d([2, 0, 2, -1], "int32");
    // segment 0: row 1; 1: none; 2: rows 0 and 2
    expect(await tf.unsortedSegmentSum(rows, ids, 3).array()).toEqual([
      [3, 4],
      [0, 0],
      [6, 8],
    ]);
    // each row's slope is that of the sum it went into, 0 for the one left out
    const slope = tf.grad((x) => tf.sum(tf.mul(tf.unsortedSegmentSum(x, ids, 3), [[1], [10], [100]])));
    expect(await slope(rows).array()).toEqual([
      [100, 100],
      [1, 1],
      [100, 100],
      [0, 0],
    ]);
  });
});

it("describes a backend in one line", async () => {
  expect(describeBackend(await openIt("wasm"))).toMatch(/^wasm 4\.22\.0 on \S.*$/);
});

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
