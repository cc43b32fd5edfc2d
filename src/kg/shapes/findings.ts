import type { Keyset } from "../queries/keyset.ts";
import { makePage, type Positioned, pageSql, readWindow } from "../queries/page.ts";
import { Parameters } from "../queries/parameters.ts";
import type { Finding, FindingCount, Page, PageArguments, Queryable, Severity } from "../types.ts";
import type { Found } from "./tellBreaches.ts";

const IN_ORDER: Keyset = { name: "findings", columns: [{ sql: "f.id", type: "bigint" }] }; // index finding_pkey
const COLUMNS = `f.id, f.severity, f.code, f.shape, f.entity, f.triple_id as "tripleId", f.message`;
const FORGET = "delete from finding where job_id <> $1";
const STORE = `
  insert into finding (job_id, id, severity, code, shape, entity, triple_id, message)
  select $1::bigint, $2::bigint + place, severity, code, shape, entity, triple_id, message
    from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[])
         with ordinality as f(severity, code, shape, entity, triple_id, message, place)`;
const COUNT = `
  select severity, code, shape, count(*)::int as count from finding where job_id = $1
   group by 1, 2, 3 order by count(*) desc, 1, 2, 3`; // index finding_pkey

/** Forgets what earlier validations have found. */
export async function forgetFindings(db: Queryable, job: string): Promise<void> {
  await db.query(FORGET, [job]);
}

/** Stores a page of findings behind the `before` ones that are stored: one statement. */
export async function storeFindings(
  db: Queryable,
  findings: readonly Found[],
  { job, before }: { readonly job: string; readonly before: number },
): Promise<void> {
  const column = (name: keyof Found) => findings.map((finding) => finding[name]);
  const columns = (["severity", "code", "shape", "entity", "tripleId", "message"] as const).map(column);
  await db.query(STORE, [job, before, ...columns]);
}

/** Finds a page of what a validation has found, in the order of its search. */
export async function findFindings(
  db: Queryable,
  of: { readonly job: string; readonly severity?: Severity | null },
  page: PageArguments,
): Promise<Page<Finding>> {
  const window = readWindow(page, IN_ORDER);
  const parameters = new Parameters();
  const conditions = [`f.job_id = ${parameters.add(of.job, "bigint")}`];
  if (of.severity) conditions.push(`f.severity = ${parameters.add(of.severity, "text")}`);
  const { bounds, position, order, limit } = pageSql(window, parameters);
  const rows = await db.query<Finding & Positioned>(
    `select ${COLUMNS}, ${position} from finding f
      where ${[...conditions, ...bounds].join(" and ")} order by ${order} limit ${limit}`,
    parameters.values,
  );
  return makePage(rows, window, ({ position: _, ...finding }) => finding);
}

/** Counts what a validation has found by rule, most often broken first. */
export function countFindings(db: Queryable, job: string): Promise<FindingCount[]> {
  return db.query<FindingCount>(COUNT, [job]);
}
