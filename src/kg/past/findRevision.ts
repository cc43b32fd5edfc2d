import { DomainError } from "../../errors.ts";
import { isBigint } from "../queries/values.ts";
import type { AsOf, Queryable, Revision } from "../types.ts";

const NOW = "select revision from graph";
// Index change_at. Revisions are in the order of their times, because one edit is open at a time.
const UNTIL = `select coalesce(max(revision), 0) as revision from change where at <= $1`;

/**
 * Finds the revision that a moment names.
 * @throws {DomainError} BAD_USER_INPUT for a malformed revision, or one that is still to come
 */
export async function findRevision(db: Queryable, asOf: AsOf): Promise<Revision> {
  if ("at" in asOf) {
    const [{ revision }] = await db.query<{ revision: Revision }>(UNTIL, [asOf.at]);
    return revision;
  }
  const [{ revision: now }] = await db.query<{ revision: Revision }>(NOW);
  const { revision } = asOf;
  if (isBigint(revision) && !revision.startsWith("-") && BigInt(revision) <= BigInt(now)) return revision;
  const shown = JSON.stringify(revision.slice(0, 40));
  throw new DomainError("BAD_USER_INPUT", `asOf.revision is ${shown}; expected a number from 0 to ${now}`);
}
