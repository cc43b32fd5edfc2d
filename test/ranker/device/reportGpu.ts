import { openBackend } from "../../../src/ranker/backend.ts";
import { type Comparison, compareBackend } from "./compareBackend.ts";

/** What a process on a software GPU tells its parent. */
export interface GpuReport {
  readonly device: string;
  readonly active: string;
  readonly errors: Comparison;
  readonly left: number;
  /** Programs that were compiled for the GPU. */
  readonly programs: number;
  /** Times that work was handed to the GPU. */
  readonly submits: number;
}

const backend = await openBackend("webgpu");
const { tf } = backend;
if (tf.env().getBool("WEBGPU_CPU_FORWARD")) throw new Error("small work would be done by the CPU");
const { device } = tf.backend() as unknown as { readonly device: { queue: { submit: () => void } } };
let submits = 0;
const submit = device.queue.submit;
device.queue.submit = function (this: object, ...work: []): void {
  submits++;
  submit.apply(this as { submit: () => void }, work);
};
const before = tf.memory().numTensors;
const errors = await compareBackend(backend);
const left = tf.memory().numTensors - before;
const { pipelineCache } = tf.backend() as unknown as { readonly pipelineCache: object };
const programs = Object.keys(pipelineCache).length;
const report: GpuReport = {
  device: backend.device,
  active: tf.getBackend(),
  errors,
  left,
  programs,
  submits,
};
backend.close();
process.stdout.write(JSON.stringify(report), () => process.exit(0)); // the driver's threads would keep it
