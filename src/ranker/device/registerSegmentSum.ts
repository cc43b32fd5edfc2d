import type { KernelFunc, TensorInfo, TypedArray } from "@tensorflow/tfjs";
import type { Tf } from "../tf.ts";

/** The part of the wasm backend that a kernel written outside it needs. */
interface WasmMemory {
  makeOutput(shape: readonly number[], dtype: "float32"): TensorInfo;
  /** A view on the module's memory; valid until the next allocation. */
  typedArrayFromHeap(tensor: TensorInfo): TypedArray;
}

/**
 * Gives the wasm backend UnsortedSegmentSum, which it lacks: without it there is no sum over groups of paths and
 * no gradient of `gather`. Rows with a negative segment are left out, as everywhere.
 */
export function registerSegmentSum(tf: Tf): void {
  if (tf.getKernel("UnsortedSegmentSum", "wasm")) return;
  const kernelFunc: KernelFunc = ({ backend, inputs, attrs }) => {
    const { x, segmentIds } = inputs as { readonly x: TensorInfo; readonly segmentIds: TensorInfo };
    const { numSegments } = attrs as unknown as { readonly numSegments: number };
    const memory = backend as unknown as WasmMemory;
    const sum = memory.makeOutput([numSegments, ...x.shape.slice(1)], "float32");
    const [from, ids, to] = [x, segmentIds, sum].map((tensor) => memory.typedArrayFromHeap(tensor));
    const width = x.shape.slice(1).reduce((size, side) => size * side, 1);
    to.fill(0);
    for (let row = 0; row < ids.length; row++) {
      if (ids[row] < 0) continue;
      const [source, target] = [row * width, ids[row] * width];
      for (let k = 0; k < width; k++) to[target + k] += from[source + k];
    }
    return sum;
  };
  tf.registerKernel({ kernelName: "UnsortedSegmentSum", backendName: "wasm", kernelFunc });
}
