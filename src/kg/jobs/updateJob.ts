import type { JobStatus, Queryable } from "../types.ts";
import { CANCEL_CHANNEL } from "./jobLock.ts";

const PROGRESS = `
  update job set status = 'RUNNING', started_at = coalesce(started_at, clock_timestamp()), progress = $2, message = $3
   where id = $1 and finished_at is null`;
const FINISH = `
  update job set status = $2, error = $3, model_id = $4, finished_at = clock_timestamp(),
         progress = case when $2 = 'DONE' then 1 else progress end
   where id = $1 and finished_at is null`;

/** Tells how far a job is, 0..1, and what it does. */
export async function reportProgress(
  db: Queryable,
  id: string,
  { progress, message }: { readonly progress: number; readonly message: string },
): Promise<void> {
  await db.query(PROGRESS, [id, Math.min(1, Math.max(0, progress)), message]);
}

/** Ends a job; one that has ended stays as it is. */
export async function finishJob(
  db: Queryable,
  id: string,
  end: {
    readonly status: Exclude<JobStatus, "QUEUED" | "RUNNING">;
    readonly error?: string | null;
    readonly modelId?: string | null;
  },
): Promise<void> {
  await db.query(FINISH, [id, end.status, end.error ?? null, end.modelId ?? null]);
}

/** Asks the process that runs a job, wherever it is, to end it. */
export async function requestCancel(db: Queryable, id: string): Promise<void> {
  await db.query("select pg_notify($1, $2)", [CANCEL_CHANNEL, id]);
}
