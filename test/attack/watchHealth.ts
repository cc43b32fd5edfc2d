import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "../bench/support/percentile.ts";

const PAUSE_MS = 10;
const PATIENCE_MS = 5_000;

/** How a second client fared meanwhile, in milliseconds. */
export interface Health {
  readonly asked: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
}

/** Asks an address again and again, from now on; gives what it found when it is ended. */
export function watchHealth(url: string, headers: Readonly<Record<string, string>>): () => Promise<Health> {
  const times: number[] = [];
  let [failed, ended] = [0, false];
  const watching = (async () => {
    while (!ended) {
      const started = performance.now();
      try {
        const response = await fetch(url, { headers, signal: AbortSignal.timeout(PATIENCE_MS) });
        await response.arrayBuffer();
        if (!response.ok) failed++;
      } catch {
        failed++;
      }
      times.push(performance.now() - started);
      await sleep(PAUSE_MS);
    }
  })();
  return async () => {
    ended = true;
    await watching;
    return { asked: times.length, failed, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
  };
}
