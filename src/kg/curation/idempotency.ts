import { createHash } from "node:crypto";
import type { Queryable } from "../types.ts";

const LOCK = "select pg_advisory_xact_lock(hashtextextended($1 || e'\\n' || $2, 1463900505))";
// Answers that another transaction is dropping are left to it: waiting for them could end in a deadlock.
const DROP_OLD = `
  delete from idempotency where (actor, key) in (
    select actor, key from idempotency where created_at < now() - interval '24 hours' -- idempotency_created_at
     limit 1000 for update skip locked)`;
const FIND = `
  select request, answer from idempotency
   where actor = $1 and key = $2 and created_at >= now() - interval '24 hours'`;
const SAVE = `
  insert into idempotency as i (actor, key, request, answer) values ($1, $2, $3, $4)
  on conflict (actor, key) do update set
    request = excluded.request, answer = excluded.answer, created_at = excluded.created_at`;

/** Names one request of one actor for 24 hours. */
export interface RequestKey {
  readonly actor: string;
  readonly key: string;
  /** Digest of what was asked, see `digestOf`. */
  readonly request: string;
}

/**
 * Finds the answer already given under a key. Holds the key until the transaction ends, so that of many equal
 * requests at once one writes and the others wait for its answer.
 */
export async function findAnswer(
  db: Queryable,
  { actor, key, request }: RequestKey,
): Promise<{ readonly answer: unknown; readonly reused: boolean } | null> {
  await db.query(LOCK, [actor, key]);
  await db.query(DROP_OLD);
  const [row] = await db.query<{ request: string; answer: unknown }>(FIND, [actor, key]);
  return row ? { answer: row.answer, reused: row.request !== request } : null;
}

/** Saves the answer to a request, in the transaction that did what was asked. */
export async function saveAnswer(
  db: Queryable,
  { actor, key, request }: RequestKey,
  answer: unknown,
): Promise<void> {
  await db.query(SAVE, [actor, key, request, JSON.stringify(answer)]);
}

/** Digests a request: equal for equal content, whatever the order of its fields; null and absent are equal. */
export function digestOf(request: unknown): string {
  return createHash("sha256").update(canonical(request)).digest("hex");
}

function canonical(value: unknown): string {
  if (value instanceof Date) return `date:${value.getTime()}`;
  if (typeof value === "number") return String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const fields = Object.entries(value)
    .filter(([, inner]) => inner !== null && inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(",")}}`;
}
