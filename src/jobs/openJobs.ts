import { setTimeout as sleep } from "node:timers/promises";
import { findGraphRevision } from "../kg/curation/graphRevision.ts";
import { digestOf } from "../kg/curation/idempotency.ts";
import { problem } from "../kg/curation/problem.ts";
import { keyReused } from "../kg/curation/runEdit.ts";
import type { Database } from "../kg/database.ts";
import { beginJob } from "../kg/jobs/beginJob.ts";
import { failLostJobs } from "../kg/jobs/failLostJobs.ts";
import { findJob, findJobs } from "../kg/jobs/findJobs.ts";
import type { JobLease } from "../kg/jobs/JobLease.ts";
import { requestCancel } from "../kg/jobs/updateJob.ts";
import type { EditOptions, EditResult, Job, Jobs, Problem, TrainRequest } from "../kg/types.ts";
import { checkTraining } from "./checkTraining.ts";
import { type Activate, runTraining } from "./runTraining.ts";

const POLL_MS = 200;
const CANCEL_MS = 10_000;

export type OnProgress = (fraction: number, what: string) => void;

/** The jobs of a database, with those that this process runs. */
export interface JobRunner extends Jobs {
  /** Waits until a job of any process has ended. */
  waitFor(id: string, onProgress?: OnProgress): Promise<Job>;
  /** Ends the jobs of this process. */
  close(): Promise<void>;
}

/**
 * Opens the jobs: whatever a process that died has left running is marked as failed. A second training is
 * refused and not queued: it would fit the same rows again, and who asks can wait for the one that runs.
 */
export async function openJobs(db: Database, activate: Activate): Promise<JobRunner> {
  await failLostJobs(db);
  const running = new Map<string, { readonly abort: AbortController; readonly ended: Promise<void> }>();
  const findLive = async (id: string) => {
    await failLostJobs(db);
    return findJob(db, id);
  };
  const start = async (request: TrainRequest, options: EditOptions): Promise<EditResult<Job>> => {
    const requestKey = requestKeyOf(request, options);
    const { actor, reason } = options;
    const begun = await beginJob(db, { kind: "TRAIN", input: { ...request }, actor, reason, requestKey });
    if (begun.outcome === "reused") return answer(db, null, [keyReused(requestKey!)]);
    if (begun.outcome === "other") return answer(db, begun.job, [trainingRuns(begun.job)]);
    if (begun.outcome === "begun") run(begun.job, begun.lease, request);
    return answer(db, begun.job, []);
  };
  const run = (job: Job, lease: JobLease, request: TrainRequest) => {
    const abort = new AbortController();
    const ended = runTraining({ db, job, lease, abort, activate }, request).finally(() =>
      running.delete(job.id),
    );
    running.set(job.id, { abort, ended });
  };
  return {
    async train(request, options) {
      const problems = checkTraining(request, options);
      if (problems.length > 0 || options.dryRun) return answer(db, null, problems);
      return start(request, options);
    },
    async cancel(id) {
      const job = await findLive(id);
      if (!job) return answer(db, null, [problem("UNKNOWN_JOB", "id", `there is no job ${id}`)]);
      if (job.finishedAt) {
        const message = `job ${id} is ${job.status} already; expected one that is queued or runs`;
        return answer(db, job, [problem("JOB_ENDED", "id", message)]);
      }
      await requestCancel(db, id);
      return answer(db, await waitUntilEnded(findLive, id, { patienceMs: CANCEL_MS }), []);
    },
    findJob: findLive,
    async findJobs(page) {
      await failLostJobs(db);
      return findJobs(db, page);
    },
    async waitFor(id, onProgress) {
      return waitUntilEnded(findLive, id, { onProgress });
    },
    async close() {
      for (const { abort } of running.values()) abort.abort("the gateway stopped");
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
}

async function answer(
  db: Database,
  value: Job | null,
  problems: readonly Problem[],
): Promise<EditResult<Job>> {
  return { value, change: null, problems, graphRevision: await findGraphRevision(db) };
}

function requestKeyOf(request: TrainRequest, { actor, reason, idempotencyKey: key }: EditOptions) {
  return key == null ? null : { actor, key, request: digestOf({ kind: "train", input: request, reason }) };
}

function trainingRuns({ id, actor, progress }: Job): Problem {
  const state = `job ${id} of ${actor} trains already and is ${Math.floor(100 * progress)}% done`;
  return problem("TRAINING_RUNS", null, `${state}; expected to wait for it, or to cancel it first`);
}

async function waitUntilEnded(
  find: (id: string) => Promise<Job | null>,
  id: string,
  { onProgress, patienceMs = Number.POSITIVE_INFINITY }: { onProgress?: OnProgress; patienceMs?: number },
): Promise<Job> {
  for (const since = performance.now(); ; await sleep(POLL_MS)) {
    const job = await find(id);
    if (!job) throw new RangeError(`there is no job ${id}`);
    if (job.finishedAt || performance.now() - since > patienceMs) return job;
    onProgress?.(job.progress, job.message ?? "waiting");
  }
}
