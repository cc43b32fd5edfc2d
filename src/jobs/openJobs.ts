import { setTimeout as sleep } from "node:timers/promises";
import { findGraphRevision } from "../kg/curation/graphRevision.ts";
import { digestOf } from "../kg/curation/idempotency.ts";
import { problem } from "../kg/curation/problem.ts";
import { checkOptions, keyReused } from "../kg/curation/runEdit.ts";
import type { Database } from "../kg/database.ts";
import { beginJob } from "../kg/jobs/beginJob.ts";
import { failLostJobs } from "../kg/jobs/failLostJobs.ts";
import { findJob, findJobs } from "../kg/jobs/findJobs.ts";
import type { JobLease } from "../kg/jobs/JobLease.ts";
import { requestCancel } from "../kg/jobs/updateJob.ts";
import { countFindings, findFindings } from "../kg/shapes/findings.ts";
import type {
  EditOptions,
  EditResult,
  Finding,
  FindingCount,
  Job,
  Jobs,
  Page,
  PageArguments,
  Problem,
  TrainRequest,
} from "../kg/types.ts";
import { checkTraining } from "./checkTraining.ts";
import { type Activate, runTraining } from "./runTraining.ts";
import { runValidation } from "./runValidation.ts";

const NEWEST_VALIDATION = "select id from job where kind = 'VALIDATE' order by id desc limit 1"; // index job_pkey
const POLL_MS = 200;
const CANCEL_MS = 10_000;

export type OnProgress = (fraction: number, what: string) => void;

/** The jobs of a database, with those that this process runs. */
export interface JobRunner extends Jobs {
  /** Trains for somebody who waits for nothing else: at full speed, where `train` gives way to requests. */
  trainNow: Jobs["train"];
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
  return new LocalJobs(db, activate);
}

class LocalJobs implements JobRunner {
  readonly #running = new Map<string, { readonly abort: AbortController; readonly ended: Promise<void> }>();

  constructor(
    private readonly db: Database,
    private readonly activate: Activate,
  ) {}

  train(request: TrainRequest, options: EditOptions): Promise<EditResult<Job>> {
    return this.#begin(request, options, true);
  }

  trainNow(request: TrainRequest, options: EditOptions): Promise<EditResult<Job>> {
    return this.#begin(request, options, false);
  }

  async validate(options: EditOptions): Promise<EditResult<Job>> {
    const problems = checkOptions(options);
    if (problems.length > 0 || options.dryRun) return answer(this.db, null, problems);
    const { actor, reason } = options;
    const requestKey = requestKeyOf("validate", {}, options);
    const begun = await beginJob(this.db, { kind: "VALIDATE", input: {}, actor, reason, requestKey });
    if (begun.outcome === "reused") return answer(this.db, null, [keyReused(requestKey!)]);
    if (begun.outcome === "other") return answer(this.db, begun.job, [runsAlready(begun.job)]);
    if (begun.outcome === "begun") {
      const { job, lease } = begun;
      this.#keep(job, (abort) => runValidation({ db: this.db, job, lease, abort }));
    }
    return answer(this.db, begun.job, []);
  }

  async findFindings(
    { job, severity }: Parameters<Jobs["findFindings"]>[0],
    page: PageArguments,
  ): Promise<Page<Finding>> {
    return findFindings(this.db, { job: job ?? (await this.#newestValidation()), severity }, page);
  }

  async countFindings(job: string | null | undefined): Promise<readonly FindingCount[]> {
    return countFindings(this.db, job ?? (await this.#newestValidation()));
  }

  async cancel(id: string, actor: string | null = null): Promise<EditResult<Job>> {
    const job = await this.findJob(id, actor);
    if (!job) return answer(this.db, null, [problem("UNKNOWN_JOB", "id", `there is no job ${id}`)]);
    if (job.finishedAt) {
      const message = `job ${id} is ${job.status} already; expected one that is queued or runs`;
      return answer(this.db, job, [problem("JOB_ENDED", "id", message)]);
    }
    await requestCancel(this.db, id);
    return answer(this.db, await this.#waitUntilEnded(id, { patienceMs: CANCEL_MS }), []);
  }

  async findJob(id: string, actor: string | null = null): Promise<Job | null> {
    await failLostJobs(this.db);
    const job = await findJob(this.db, id);
    return actor === null || job?.actor === actor ? job : null;
  }

  async findJobs(page: PageArguments, actor: string | null = null): Promise<Page<Job>> {
    await failLostJobs(this.db);
    return findJobs(this.db, page, actor);
  }

  waitFor(id: string, onProgress?: OnProgress): Promise<Job> {
    return this.#waitUntilEnded(id, { onProgress });
  }

  async close(): Promise<void> {
    const jobs = [...this.#running.values()];
    for (const { abort } of jobs) abort.abort("STOPPED");
    await Promise.all(jobs.map(({ ended }) => ended));
  }

  async #begin(request: TrainRequest, options: EditOptions, patient: boolean): Promise<EditResult<Job>> {
    const problems = checkTraining(request, options);
    if (problems.length > 0 || options.dryRun) return answer(this.db, null, problems);
    const requestKey = requestKeyOf("train", request, options);
    const { actor, reason } = options;
    const begun = await beginJob(this.db, {
      kind: "TRAIN",
      input: { ...request },
      actor,
      reason,
      requestKey,
    });
    if (begun.outcome === "reused") return answer(this.db, null, [keyReused(requestKey!)]);
    if (begun.outcome === "other") return answer(this.db, begun.job, [runsAlready(begun.job)]);
    if (begun.outcome === "begun") this.#run(begun.job, begun.lease, { request, patient });
    return answer(this.db, begun.job, []);
  }

  async #newestValidation(): Promise<string> {
    const [job] = await this.db.query<{ id: string }>(NEWEST_VALIDATION);
    return job?.id ?? "0";
  }

  #run(job: Job, lease: JobLease, how: { readonly request: TrainRequest; readonly patient: boolean }): void {
    const { db, activate } = this;
    this.#keep(job, (abort) => runTraining({ db, job, lease, abort, activate, ...how }));
  }

  /** Keeps a job of this process until it has ended, so that it can be stopped. */
  #keep({ id }: Job, run: (abort: AbortController) => Promise<void>): void {
    const abort = new AbortController();
    const ended = run(abort).finally(() => this.#running.delete(id));
    this.#running.set(id, { abort, ended });
  }

  async #waitUntilEnded(
    id: string,
    { onProgress, patienceMs = Number.POSITIVE_INFINITY }: { onProgress?: OnProgress; patienceMs?: number },
  ): Promise<Job> {
    for (const since = performance.now(); ; await sleep(POLL_MS)) {
      const job = await this.findJob(id);
      if (!job) throw new RangeError(`there is no job ${id}`);
      if (job.finishedAt || performance.now() - since > patienceMs) return job;
      onProgress?.(job.progress, job.message ?? "waiting");
    }
  }
}

async function answer(
  db: Database,
  value: Job | null,
  problems: readonly Problem[],
): Promise<EditResult<Job>> {
  return { value, change: null, problems, graphRevision: await findGraphRevision(db) };
}

function requestKeyOf(kind: string, input: object, { actor, reason, idempotencyKey: key }: EditOptions) {
  return key == null ? null : { actor, key, request: digestOf({ kind, input, reason }) };
}

function runsAlready({ id, kind, actor, progress }: Job): Problem {
  const does = kind === "TRAIN" ? "trains" : "validates";
  const state = `job ${id} of ${actor} ${does} already and is ${Math.floor(100 * progress)}% done`;
  const code = kind === "TRAIN" ? "TRAINING_RUNS" : "VALIDATION_RUNS";
  return problem(code, null, `${state}; expected to wait for it, or to cancel it first`);
}
