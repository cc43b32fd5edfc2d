import type { Database } from "../kg/database.ts";
import type { JobLease } from "../kg/jobs/JobLease.ts";
import { finishJob } from "../kg/jobs/updateJob.ts";
import type { Job, TrainRequest } from "../kg/types.ts";
import { complain, describeEnd } from "./describeEnd.ts";
import { fitInProcess } from "./fitInProcess.ts";
import { ProgressReport } from "./ProgressReport.ts";

/** Makes a model serve in the name of an actor. @throws where it cannot */
export type Activate = (model: string, actor: string) => Promise<unknown>;

interface Training {
  readonly db: Database;
  readonly job: Job;
  readonly lease: JobLease;
  readonly abort: AbortController;
  readonly activate: Activate;
  /** Whether it gives way to requests. */
  readonly patient: boolean;
  readonly request: TrainRequest;
}

/** Runs a training that has begun to its end, which the job then tells; never throws. */
export async function runTraining(training: Training): Promise<void> {
  const { db, job, lease, abort, activate, patient, request } = training;
  lease.onInterrupt((why) => abort.abort(why));
  const report = new ProgressReport(db, job.id);
  let modelId: string | null = null;
  try {
    modelId = await fitInProcess(
      { url: db.url, seed: request.seed ?? 1, config: request.config ?? {}, patient },
      { signal: abort.signal, onProgress: (fraction, what) => report.tell(fraction, what) },
    );
    await report.close();
    if (request.activate ?? true) await activate(modelId, job.actor);
    await finishJob(db, job.id, { status: "DONE", modelId });
  } catch (error) {
    await report.close();
    await finishJob(db, job.id, { ...describeEnd(abort.signal, error as Error), modelId }).catch(complain);
  } finally {
    await lease.release();
  }
}
