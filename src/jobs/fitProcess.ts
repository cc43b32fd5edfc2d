/**
 * The process that fits one model: it opens its own connection, reads the graph and the interactions itself,
 * fits, stores the model and tells its id. It ends with whoever started it.
 */
import { constants, setPriority } from "node:os";
import { setImmediate } from "node:timers/promises";
import { readConfig } from "../config.ts";
import { openDatabase } from "../kg/database.ts";
import { loadSnapshot } from "../kg/snapshot/loadSnapshot.ts";
import { openBackend } from "../ranker/backend.ts";
import type { ModelConfig } from "../ranker/model.ts";
import { fitAndStore } from "../trainModel.ts";
import type { FitMessage, FitRequest } from "./fitInProcess.ts";

process.once("disconnect", () => process.exit(1));
process.on("SIGINT", () => undefined); // Ctrl-C reaches the whole group; the parent decides
process.once("message", (request: FitRequest) => {
  runFit(request).then(
    (model) => end({ type: "done", model }),
    (error: Error) => end({ type: "failed", reason: error.message }),
  );
});

async function runFit({ url, seed, config, patient }: FitRequest): Promise<string> {
  if (patient) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const db = await openDatabase(url, { migrate: false, poolSize: 2 });
  try {
    tell({ type: "progress", fraction: 0, what: "reading the graph" });
    const graph = await loadSnapshot(db);
    tell({ type: "progress", fraction: 0, what: "reading the interactions" });
    const { backend, trainingLog } = readConfig();
    const { tf } = await openBackend(backend);
    const record = await fitAndStore(db, graph, {
      ...{ seed, tf, log: trainingLog },
      config: config as Partial<ModelConfig>,
      async onProgress(fraction, what) {
        tell({ type: "progress", fraction, what });
        await setImmediate(); // to hear that the parent is gone
      },
    });
    return record.id;
  } finally {
    await db.close();
  }
}

function tell(message: FitMessage): void {
  process.send?.(message);
}

function end(message: FitMessage): void {
  process.send?.(message, () => process.exit(0));
}
