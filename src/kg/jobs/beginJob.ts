import type pg from "pg";
import { findAnswer, type RequestKey, saveAnswer } from "../curation/idempotency.ts";
import type { Database } from "../database.ts";
import type { Job, JobKind, JSONObject, Queryable } from "../types.ts";
import { failLostJobs } from "./failLostJobs.ts";
import { findJob } from "./findJobs.ts";
import { JobLease } from "./JobLease.ts";
import { JOB_COLUMNS } from "./jobColumns.ts";
import { BEGIN_LOCK, JOB_LOCK } from "./jobLock.ts";

export interface NewJob {
  readonly kind: JobKind;
  readonly input: JSONObject;
  readonly actor: string;
  readonly reason?: string | null;
  /** The same key and request give the job of the first time. */
  readonly requestKey?: RequestKey | null;
}

/** A job of ours to do, another of its kind that runs, the one already begun under the key, or a key in use. */
export type Begun =
  | { readonly outcome: "begun"; readonly job: Job; readonly lease: JobLease }
  | { readonly outcome: "other" | "repeated"; readonly job: Job }
  | { readonly outcome: "reused" };

const LIVE = `select ${JOB_COLUMNS} from job where kind = $1 and finished_at is null order by id limit 1`; // index job_live
const INSERT = `insert into job (kind, input, actor, reason) values ($1, $2, $3, $4) returning ${JOB_COLUMNS}`;

/**
 * Begins a job unless one of its kind is live in any process of the database. The lease is a connection that
 * holds the job's lock; it is taken before the job can be seen.
 */
export async function beginJob(db: Database, job: NewJob): Promise<Begun> {
  const client = await db.connect();
  const lease = await JobLease.listen(client);
  try {
    const begun = await inTransaction(client, (tx) => begin(tx, job));
    if (begun.outcome === "begun") {
      lease.hold(begun.job.id);
      return { ...begun, outcome: "begun", lease };
    }
    await lease.release();
    return begun as Begun;
  } catch (error) {
    await lease.release();
    throw error;
  }
}

type Outcome =
  | { readonly outcome: "begun" | "other" | "repeated"; readonly job: Job }
  | { readonly outcome: "reused" };

async function begin(tx: Queryable, { kind, input, actor, reason, requestKey }: NewJob): Promise<Outcome> {
  await tx.query("select pg_advisory_xact_lock($1)", [BEGIN_LOCK]);
  await failLostJobs(tx);
  const earlier = requestKey && (await findAnswer(tx, requestKey));
  if (earlier?.reused) return { outcome: "reused" };
  const known = earlier && (await findJob(tx, (earlier.answer as { job: string }).job));
  if (known) return { outcome: "repeated", job: known };
  const [live] = await tx.query<Job>(LIVE, [kind]);
  if (live) return { outcome: "other", job: live };
  const [job] = await tx.query<Job>(INSERT, [kind, JSON.stringify(input), actor, reason ?? null]);
  await tx.query("select pg_advisory_lock($1, $2)", [JOB_LOCK, Number(job.id)]);
  if (requestKey) await saveAnswer(tx, requestKey, { job: job.id });
  return { outcome: "begun", job };
}

async function inTransaction<T>(client: pg.Client, work: (tx: Queryable) => Promise<T>): Promise<T> {
  const query = async <R>(sql: string, values: readonly unknown[] = []) =>
    (await client.query(sql, values as unknown[])).rows as R[];
  await client.query("begin");
  const result = await work({ query });
  await client.query("commit");
  return result;
}
