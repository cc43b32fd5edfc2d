import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";

const PAUSE_MS = 10;
const PATIENCE_MS = 5_000;

/** Asks an address again and again until it is told to end, then posts how long each answer took. */
const { url, headers } = workerData;
const times = [];
let [failed, ended] = [0, false];
parentPort?.once("message", () => {
  ended = true;
});
parentPort?.postMessage("ready");
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
parentPort?.postMessage({ times, failed });
