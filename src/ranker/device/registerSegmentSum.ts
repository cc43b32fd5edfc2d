import type { KernelBackend, KernelFunc, TensorInfo, TypedArray } from "@tensorflow/tfjs";
import type { Tf } from "../tf.ts";

const KERNEL = "UnsortedSegmentSum";

/**
 * Gives a backend whose tensors lie in memory a sum over segments in one pass over the rows. The wasm backend has
 * none, and so no gradient of `gather`; that of the cpu backend passes over all rows once per segment. Rows with
 * a negative segment are left out, as everywhere.
 */
export function registerSegmentSum(tf: Tf, backendName: "wasm" | "cpu"): void {
  if (tf.getKernel(KERNEL, backendName)?.kernelFunc === kernelFunc) return;
  if (tf.getKernel(KERNEL, backendName)) tf.unregisterKernel(KERNEL, backendName);
  tf.registerKernel({ kernelName: KERNEL, backendName, kernelFunc });
}

const kernelFunc: KernelFunc = ({ backend, inputs, attrs }) => {
  const { x, segmentIds } = inputs as { readonly x: TensorInfo; readonly segmentIds: TensorInfo };
  const { numSegments } = attrs as unknown as { readonly numSegments: number };
  const memory = backend as KernelBackend;
  const [from, ids] = [x, segmentIds].map(({ dataId }) => memory.readSync(dataId) as TypedArray);
  const shape = [numSegments, ...x.shape.slice(1)];
  const width = x.shape.slice(1).reduce((size, side) => size * side, 1);
  const sums =
    x.dtype === "int32" ? new Int32Array(numSegments * width) : new Float32Array(numSegments * width);
  for (let row = 0; row < ids.length; row++) {
    if (ids[row] < 0) continue;
    const [source, target] = [row * width, ids[row] * width];
    for (let k = 0; k < width; k++) sums[target + k] += from[source + k];
  }
  return { dataId: memory.write(sums, shape, x.dtype), shape, dtype: x.dtype };
};
