import type { Database } from "../kg/database.ts";
import type { JobLease } from "../kg/jobs/JobLease.ts";
import { finishJob } from "../kg/jobs/updateJob.ts";
import { forgetFindings, storeFindings } from "../kg/shapes/findings.ts";
import { validateGraph } from "../kg/shapes/validateGraph.ts";
import type { Job } from "../kg/types.ts";
import { complain, describeEnd } from "./describeEnd.ts";
import { ProgressReport } from "./ProgressReport.ts";

export interface ValidationRun {
  readonly db: Database;
  readonly job: Job;
  readonly lease: JobLease;
  readonly abort: AbortController;
}

/** Runs a validation that has begun to its end, which the job then tells; never throws. */
export async function runValidation({ db, job, lease, abort }: ValidationRun): Promise<void> {
  lease.onInterrupt((why) => abort.abort(why));
  const report = new ProgressReport(db, job.id);
  let before = 0;
  try {
    await forgetFindings(db, job.id);
    await validateGraph(db, {
      signal: abort.signal,
      onProgress: (fraction, what) => report.tell(fraction, what),
      async onFindings(findings) {
        await storeFindings(db, findings, { job: job.id, before });
        before += findings.length;
      },
    });
    await report.close();
    await finishJob(db, job.id, { status: "DONE" });
  } catch (error) {
    await report.close();
    await finishJob(db, job.id, describeEnd(abort.signal, error as Error)).catch(complain);
  } finally {
    await lease.release();
  }
}
