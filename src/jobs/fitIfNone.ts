import { setTimeout as sleep } from "node:timers/promises";
import type { JSONObject } from "../kg/types.ts";
import type { JobRunner, OnProgress } from "./openJobs.ts";

const HEAR_MS = 5_000; // of the model that another process has fitted
const POLL_MS = 20;

/**
 * Fits a first model where no usable one serves, and waits for it; where another process trains already, for
 * that one. What fails is logged: the graph can be read and edited without a model.
 */
export async function fitIfNone(
  {
    jobs,
    fitted,
    settings,
  }: {
    readonly jobs: JobRunner;
    readonly fitted: () => boolean;
    /** That are fixed; all others are searched over. */
    readonly settings?: JSONObject;
  },
  onProgress?: OnProgress,
): Promise<void> {
  if (fitted()) return;
  const { value, problems } = await jobs.trainNow(
    { config: settings },
    { actor: "whygraph", reason: "no usable model was there" },
  );
  if (!value) {
    const why = problems.map(({ message }) => message).join("; ");
    throw new Error(`the first training has been refused: ${why}`);
  }
  const { id, status, error } = await jobs.waitFor(value.id, onProgress);
  if (status !== "DONE") console.error(`whygraph: job ${id} fitted no model: ${error ?? "it was cancelled"}`);
  for (const since = performance.now(); status === "DONE" && !fitted(); await sleep(POLL_MS)) {
    if (performance.now() - since > HEAR_MS) break;
  }
}
