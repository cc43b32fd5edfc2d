import type { Queryable } from "../types.ts";
import { JOB_LOCK } from "./jobLock.ts";

// A job's process holds an advisory lock named after the job for as long as it lives: Postgres itself drops it
// with the connection, so no clock and no heartbeat has to be trusted.
const FAIL = `
  update job set status = 'FAILED', error = 'the process that ran it has ended', finished_at = clock_timestamp()
   where finished_at is null -- index job_live
     and not exists (
       select from pg_locks l where l.locktype = 'advisory' and l.granted and l.objsubid = 2
          and l.database = (select oid from pg_database where datname = current_database())
          and l.classid = $1::bigint::oid and l.objid = job.id::oid)`;

/** Marks the jobs whose process has ended as failed; nothing else ends them. */
export async function failLostJobs(db: Queryable): Promise<void> {
  await db.query(FAIL, [JOB_LOCK]);
}
