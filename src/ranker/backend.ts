import { existsSync } from "node:fs";
import { cpus } from "node:os";
import util from "node:util";
import type { TensorContainer } from "@tensorflow/tfjs";
import { DomainError } from "../errors.ts";
import { registerSegmentSum } from "./device/registerSegmentSum.ts";
import type { Tf } from "./tf.ts";

/** Compute backends, the fastest first: the order in which "auto" tries them. */
export const BACKENDS = ["tfjs-node-gpu", "webgpu", "tfjs-node", "wasm", "cpu"] as const;

export type BackendName = (typeof BACKENDS)[number];
export type BackendChoice = BackendName | "auto";

/** An open compute backend. TensorFlow.js has one active backend per process: the one that was opened last. */
export interface Backend {
  readonly name: BackendName;
  /** Version of the binding. */
  readonly version: string;
  /** What it computes on, in words. */
  readonly device: string;
  /** The tensor library, with this backend active until another is opened. */
  readonly tf: Tf;
  /** Those that "auto" preferred and could not have, with the reason. */
  readonly skipped: readonly { readonly name: BackendName; readonly reason: string }[];
  /** Does synchronous work on this backend, whichever is active, in a `tf.tidy`. */
  compute<T extends TensorContainer>(work: (tf: Tf) => T): T;
  /** Gives back its memory, and with it all its tensors. */
  close(): void;
}

interface Opened {
  readonly tf: Tf;
  readonly version: string;
  readonly device: string;
}

const OPENERS: Readonly<Record<BackendName, (chosen: boolean) => Promise<Opened>>> = {
  "tfjs-node-gpu": openNodeGpu,
  webgpu: openWebgpu,
  "tfjs-node": openNode,
  wasm: openWasm,
  cpu: openCpu,
};

/** Name under which TensorFlow.js knows a backend. */
const KEYS = { "tfjs-node-gpu": "tensorflow", "tfjs-node": "tensorflow" } as const;

/** Where Linux shows a GPU: any, NVIDIA's without graphics, Windows' under WSL. */
const GPU_FILES = ["/dev/dri", "/dev/nvidia0", "/dev/dxg"];

const HINTS: Readonly<Record<BackendName, string>> = {
  "tfjs-node-gpu":
    "it needs an NVIDIA GPU with CUDA 11 and cuDNN 8; npm ci installs it where the downloads of TensorFlow, or a mirror " +
    "named in TFJS_NODE_BASE_URI, can be reached",
  webgpu:
    "it needs a driver for Vulkan, Metal or Direct3D 12; npm ci installs the packages, webgpu and " +
    "@tensorflow/tfjs-backend-webgpu, unless optional ones are left out",
  "tfjs-node":
    "npm ci installs it where the downloads of TensorFlow, or a mirror named in TFJS_NODE_BASE_URI, can be reached",
  wasm: "npm ci installs it",
  cpu: "npm ci installs it",
};

/**
 * Opens a compute backend, the best that there is for "auto"; never another one than was asked for.
 * "auto" takes a GPU only where there is one: software that plays a GPU must be chosen by name.
 * @throws {DomainError} CONFIGURATION where the chosen one cannot be had: what failed, and how to install it
 */
export async function openBackend(choice: BackendChoice = "auto"): Promise<Backend> {
  if (choice !== "auto" && !BACKENDS.includes(choice)) {
    const expected = `expected one of auto, ${BACKENDS.join(", ")}`;
    throw new DomainError("CONFIGURATION", `there is no compute backend ${choice}; ${expected}`);
  }
  const skipped: { name: BackendName; reason: string }[] = [];
  for (const name of choice === "auto" ? BACKENDS : [choice]) {
    try {
      return makeBackend(name, await OPENERS[name](choice === name), skipped);
    } catch (error) {
      skipped.push({ name, reason: reasonOf(error as NodeJS.ErrnoException) });
    }
  }
  const reasons = skipped.map(({ name, reason }) => `${name} cannot be opened: ${reason}`).join("; ");
  const hint = choice === "auto" ? "npm ci installs wasm and cpu" : HINTS[choice];
  throw new DomainError("CONFIGURATION", `the compute backend ${reasons}; ${hint}`);
}

/** The first line of an error; of a missing package its name only, not where it was looked for. */
function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  const missing = code === "ERR_MODULE_NOT_FOUND" && /^Cannot find package '([^']+)'/.exec(message);
  return missing ? `the package ${missing[1]} is not installed` : message.split("\n", 1)[0];
}

/** One line for a log and for `viewer { backend }`: "wasm 4.22.0 on <device>". */
export function describeBackend({ name, version, device }: Backend): string {
  return `${name} ${version} on ${device}`;
}

function makeBackend(name: BackendName, opened: Opened, skipped: Backend["skipped"]): Backend {
  const { tf } = opened;
  const key = keyOf(name);
  return {
    ...{ name, skipped, ...opened },
    compute: (work) => {
      const before = tf.getBackend();
      if (before !== key) void tf.setBackend(key); // at once, since it is open already
      try {
        return tf.tidy(() => work(tf));
      } finally {
        if (before !== key && before) void tf.setBackend(before);
      }
    },
    close: () => {
      const factory = tf.findBackendFactory(key);
      if (!factory) return;
      tf.removeBackend(key);
      tf.registerBackend(key, factory); // may be opened again
    },
  };
}

function keyOf(name: BackendName): string {
  return name in KEYS ? KEYS[name as keyof typeof KEYS] : name;
}

/** Makes a backend the active one, and sees that it is: TensorFlow.js itself falls back without a word. */
async function activate(tf: Tf, key: string): Promise<void> {
  const before = tf.getBackend();
  const done = await tf.setBackend(key).catch(() => false);
  if (done && tf.getBackend() === key) return;
  if (before) await tf.setBackend(before);
  throw new Error(`TensorFlow.js cannot start ${JSON.stringify(key)}`);
}

async function loadTf(): Promise<Tf> {
  const { default: tf } = await import("@tensorflow/tfjs");
  tf.env().set("PROD", true); // no advice on the console to use another backend
  return tf;
}

async function openCpu(): Promise<Opened> {
  const tf = await loadTf();
  registerSegmentSum(tf, "cpu");
  await activate(tf, "cpu");
  return { tf, version: tf.version_core, device: nameCpu() };
}

async function openWasm(): Promise<Opened> {
  const tf = await loadTf();
  const { default: wasm } = await import("@tensorflow/tfjs-backend-wasm");
  registerSegmentSum(tf, "wasm");
  await withoutListeners(() => activate(tf, "wasm"));
  const simd = (await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) ? " with SIMD" : "";
  return { tf, version: wasm.version_wasm, device: `${nameCpu()}${simd}` };
}

async function openNode(): Promise<Opened> {
  const tf = await loadTf();
  polyfillUtil();
  const { default: node } = await import("@tensorflow/tfjs-node");
  await activate(tf, "tensorflow");
  return { tf, version: node.version["tfjs-node"], device: nameCpu() };
}

async function openNodeGpu(): Promise<Opened> {
  const tf = await loadTf();
  polyfillUtil();
  const { default: node } = await import("@tensorflow/tfjs-node-gpu");
  await activate(tf, "tensorflow");
  const { isUsingGpuDevice } = tf.backend() as unknown as { readonly isUsingGpuDevice: boolean };
  if (!isUsingGpuDevice) throw new Error("it loads, but finds no GPU through CUDA");
  return { tf, version: node.version["tfjs-node"], device: "an NVIDIA GPU through CUDA" };
}

async function openWebgpu(chosen: boolean): Promise<Opened> {
  if (!chosen && process.platform === "linux" && !GPU_FILES.some((file) => existsSync(file))) {
    throw new Error(`there is no GPU: none of ${GPU_FILES.join(", ")} exists`);
  }
  const tf = await loadTf();
  const { create, globals } = await import("webgpu");
  const gpu = create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
  if (!adapter) throw new Error("no adapter: there is no driver that it can use");
  const { description, vendor, architecture, device } = adapter.info;
  const text = [vendor, architecture, description || device].filter(Boolean).join(" ") || "a nameless GPU";
  if (!chosen && /swiftshader|llvmpipe|lavapipe|software/i.test(text)) {
    throw new Error(`${text} is software, which "auto" leaves alone`);
  }
  Object.assign(globalThis, globals);
  const scope = globalThis as { navigator?: object };
  scope.navigator ??= {}; // Node 20 has none
  Object.defineProperty(scope.navigator, "gpu", { value: gpu, configurable: true });
  await import("@tensorflow/tfjs-backend-webgpu"); // registers itself where it finds navigator.gpu
  tf.env().set("WEBGPU_CPU_FORWARD", false); // small work too is done where it was asked for
  await activate(tf, "webgpu");
  return { tf, version: tf.version_core, device: text };
}

/** The wasm module hooks itself into the process's last errors; ours end the process as Node's own rule says. */
async function withoutListeners(work: () => Promise<void>): Promise<void> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = events.map((event) => process.rawListeners(event));
  await work();
  events.forEach((event, at) => {
    for (const listener of process.rawListeners(event)) {
      if (!before[at].includes(listener)) process.off(event, listener as () => void);
    }
  });
}

/** tfjs-node calls a function that Node 23 removed. */
function polyfillUtil(): void {
  if (!("isNullOrUndefined" in util)) {
    Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined });
  }
}

function nameCpu(): string {
  return cpus()[0]?.model.trim() || "a nameless CPU";
}
