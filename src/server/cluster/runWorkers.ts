import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { DomainError } from "../../errors.ts";
import type { Shutdown } from "../shutdown.ts";
import { CommitRelay } from "./CommitRelay.ts";
import { readMessage } from "./messages.ts";

const AGAIN_MS = 1_000;

/**
 * Runs `count` worker processes of this program, which share its port, until a stop is wanted. The first prepares the
 * database; the others start once it serves. One that ends is replaced; SIGTERM lets each finish its requests.
 * @throws {DomainError} UNAVAILABLE where the first worker ends before it serves
 */
export async function runWorkers(
  count: number,
  { shutdown, say }: { readonly shutdown: Shutdown; readonly say: (line: string) => void },
): Promise<void> {
  const relay = new CommitRelay();
  let stopping = false;
  let served = false;
  const start = (): Worker => {
    const worker = cluster.fork();
    relay.add(worker);
    worker.on("exit", (code, signal) => {
      if (stopping || !served) return;
      say(`worker ${worker.id} ended (${signal ?? code}); another takes its place`);
      setTimeout(() => !stopping && start(), AGAIN_MS);
    });
    return worker;
  };
  shutdown.add(() => {
    stopping = true;
    return stopAll();
  });
  const first = start();
  if (!(await shutdown.race(untilReady(first)))) return;
  served = true;
  for (let others = 1; others < count; others++) start();
  await shutdown.requested;
}

/** Resolves with true once the worker serves. */
async function untilReady(worker: Worker): Promise<true> {
  await new Promise<void>((resolve, reject) => {
    worker.on("message", (value) => readMessage(value)?.type === "ready" && resolve());
    worker.once("exit", (code, signal) =>
      reject(
        new DomainError(
          "UNAVAILABLE",
          `the first worker ended with ${signal ?? code} before it served; see above`,
        ),
      ),
    );
  });
  return true;
}

/** Each worker lets its running requests finish. */
async function stopAll(): Promise<void> {
  const running = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  await Promise.all(
    running.map(async (worker) => {
      const ended = once(worker, "exit");
      worker.process.kill("SIGTERM");
      await ended;
    }),
  );
}
