import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { percentile } from "../bench/support/percentile.ts";

/** How a second client fared meanwhile, in milliseconds. */
export interface Health {
  readonly asked: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
}

/**
 * Asks an address again and again, from now on; gives what it found when it is ended. It has a thread of its own, so
 * that it does not wait for the attacker.
 */
export async function watchHealth(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<() => Promise<Health>> {
  const worker = new Worker(new URL("./healthWorker.mjs", import.meta.url), { workerData: { url, headers } });
  await once(worker, "message");
  return async () => {
    worker.postMessage("end");
    const [{ times, failed }] = (await once(worker, "message")) as [{ times: number[]; failed: number }];
    return { asked: times.length, failed, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
  };
}
