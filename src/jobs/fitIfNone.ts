import { setTimeout as sleep } from "node:timers/promises";
import type { JobRunner, OnProgress } from "./openJobs.ts";

const HEAR_MS = 5_000; // of the model that another process has fitted
const POLL_MS = 20;

/**
 * Fits a first model where no usable one serves, and waits for it; where another process trains already, for
 * that one. What fails is logged: the graph can be read and edited without a model.
 */
export async function fitIfNone(
  { jobs, fitted }: { readonly jobs: JobRunner; readonly fitted: () => boolean },
  onProgress?: OnProgress,
): Promise<void> {
  if (fitted()) return;
  const { value } = await jobs.trainNow({}, { actor: "whygraph", reason: "no usable model was there" });
  if (!value) throw new Error("a training without settings has been refused");
  const { id, status, error } = await jobs.waitFor(value.id, onProgress);
  if (status !== "DONE") console.error(`whygraph: job ${id} fitted no model: ${error ?? "it was cancelled"}`);
  for (const since = performance.now(); status === "DONE" && !fitted(); await sleep(POLL_MS)) {
    if (performance.now() - since > HEAR_MS) break;
  }
}
