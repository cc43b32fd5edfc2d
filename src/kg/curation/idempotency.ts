import { createHash } from "node:crypto";
import type { Queryable } from "../types.ts";

// In one order for all, so that nobody who holds some keys and waits for others is waited for by those who hold them.
const LOCK = `
  select pg_advisory_xact_lock(number) from (
    select distinct hashtextextended(actor || e'\\n' || key, 1463900505) as number
      from unnest($1::text[], $2::text[]) as asked(actor, key) order by number) ordered`;
// Locks also an answer that is too old: nobody drops it any more, so saving the new one waits for nobody.
const FIND = `
  select found.* from unnest($1::text[], $2::text[]) as asked(actor, key)
   cross join lateral (
     select i.actor, i.key, i.request, i.answer, i.created_at >= now() - interval '24 hours' as holds
       from idempotency i where i.actor = asked.actor and i.key = asked.key for update) found -- idempotency_pkey`;
// Answers that another transaction is dropping, or is about to replace, are left to it: waiting could be a deadlock.
const DROP_OLD = `
  delete from idempotency where (actor, key) in (
    select actor, key from idempotency where created_at < now() - interval '24 hours' -- idempotency_created_at
     limit 1000 for update skip locked)`;
const SAVE = `
  insert into idempotency as i (actor, key, request, answer)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])
  on conflict (actor, key) do update set
    request = excluded.request, answer = excluded.answer, created_at = excluded.created_at`;

/** Names one request of one actor for 24 hours. */
export interface RequestKey {
  readonly actor: string;
  readonly key: string;
  /** Digest of what was asked, see `digestOf`. */
  readonly request: string;
}

/** The answer to a request that was made under a key. */
export interface SavedAnswer extends RequestKey {
  readonly answer: unknown;
}

/**
 * Finds the answers already given under keys. Holds the keys until the transaction ends, so that of many equal
 * requests at once one writes and the others wait for its answer. It is to come before the change is opened: whoever
 * holds the graph waits for no key.
 */
export async function findAnswers(db: Queryable, keys: readonly RequestKey[]): Promise<SavedAnswer[]> {
  const columns = [keys.map(({ actor }) => actor), keys.map(({ key }) => key)];
  await db.query(LOCK, columns);
  const rows = await db.query<SavedAnswer & { readonly holds: boolean }>(FIND, columns);
  await db.query(DROP_OLD);
  return rows.filter(({ holds }) => holds);
}

/** Finds the answer already given under a key, see `findAnswers`. */
export async function findAnswer(
  db: Queryable,
  requestKey: RequestKey,
): Promise<{ readonly answer: unknown; readonly reused: boolean } | null> {
  const [found] = await findAnswers(db, [requestKey]);
  return found ? { answer: found.answer, reused: found.request !== requestKey.request } : null;
}

/** Saves the answers to requests, each under a key of its own, in the transaction that did what was asked. */
export async function saveAnswers(db: Queryable, answers: readonly SavedAnswer[]): Promise<void> {
  await db.query(SAVE, [
    ...[answers.map(({ actor }) => actor), answers.map(({ key }) => key)],
    ...[answers.map(({ request }) => request), answers.map(({ answer }) => JSON.stringify(answer))],
  ]);
}

/** Saves the answer to a request, see `saveAnswers`. */
export function saveAnswer(db: Queryable, requestKey: RequestKey, answer: unknown): Promise<void> {
  return saveAnswers(db, [{ ...requestKey, answer }]);
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
