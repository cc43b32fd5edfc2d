import type { Log } from "./openLog.ts";

const LOOK_MS = 250;

/** Logs when the gateway cannot answer, and when it can again; gives what ends it. */
export function watchReadiness(log: Log, problem: () => string | null): () => void {
  let last: string | null = null;
  let since = 0;
  const timer = setInterval(() => {
    const now = problem();
    if (now !== null && last === null) {
      since = performance.now();
      log.warn({ reason: now }, "not ready");
    } else if (now === null && last !== null) {
      log.warn({ ms: Math.round(performance.now() - since) }, "ready again");
    }
    last = now;
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
