import type { Keyset } from "../queries/keyset.ts";
import { makePage, type Positioned, pageSql, readWindow } from "../queries/page.ts";
import { Parameters } from "../queries/parameters.ts";
import type { Job, Page, PageArguments, Queryable } from "../types.ts";
import { JOB_COLUMNS } from "./jobColumns.ts";

const NEWEST: Keyset = { name: "jobs", columns: [{ sql: "j.id", type: "bigint", descending: true }] }; // index job_pkey
const BY_ID = `select ${JOB_COLUMNS} from job where id = $1`;

/** Finds a page of the jobs, newest first; with `actor` of those that he started. */
export async function findJobs(
  db: Queryable,
  page: PageArguments,
  actor: string | null = null,
): Promise<Page<Job>> {
  const window = readWindow(page, NEWEST);
  const parameters = new Parameters();
  const own = actor === null ? [] : [`j.actor = ${parameters.add(actor, "text")}`];
  const { bounds, position, order, limit } = pageSql(window, parameters);
  const rows = await db.query<Job & Positioned>(
    `select ${JOB_COLUMNS}, ${position} from job j
      where ${["true", ...own, ...bounds].join(" and ")} order by ${order} limit ${limit}`,
    parameters.values,
  );
  return makePage(rows, window, ({ position: _, ...job }) => job);
}

/** Finds a job; null where there is none with this id. */
export async function findJob(db: Queryable, id: string): Promise<Job | null> {
  if (!/^\d{1,18}$/.test(id)) return null;
  const [job] = await db.query<Job>(BY_ID, [id]);
  return job ?? null;
}
