import { createHash } from "node:crypto";
import type { Revision } from "../../types.ts";

/** What the hash of the first change follows. */
export const FIRST_PREVIOUS = "00".repeat(32);

/** A change as it is hashed: its columns as text, exactly as Postgres stores them. */
export interface LoggedChange {
  readonly revision: Revision;
  readonly kind: string;
  readonly actor: string;
  readonly reason: string | null;
  /** Revision of the change that it reverts. */
  readonly reverts: Revision | null;
  /** UTC with microseconds: `2024-01-31T12:00:00.000000Z`. */
  readonly at: string;
}

/** A row of a change as it is hashed. `before` and `after` are the JSON text as stored, never parsed. */
export interface LoggedRow {
  readonly revision: Revision;
  readonly subject: string;
  readonly subjectId: string;
  readonly headId: string | null;
  readonly tailId: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * Adds up the rows of one change, in their order (column `id`), without keeping them.
 * The digest of a row is the SHA-256 of its fields subject, subject_id, head_id, tail_id, before, after; the digest
 * of all rows is the SHA-256 of their digests (32 bytes each), one after the other.
 */
export class RowsDigest {
  readonly #sum = createHash("sha256");

  add({ subject, subjectId, headId, tailId, before, after }: LoggedRow): void {
    this.#sum.update(sha256([subject, subjectId, headId, tailId, before, after]).digest());
  }

  /** Hexadecimal. Ends the sum. */
  finish(): string {
    return this.#sum.digest("hex");
  }
}

/**
 * Hashes a change: the SHA-256, in hexadecimal, of the fields previous (the hash of the change before it in
 * lower-case hexadecimal, 64 zeros for revision 1), revision, kind, actor, reason, reverts, at and rows (the digest of
 * its rows in hexadecimal). A field is written as the length of its UTF-8 bytes in decimal, ":" and the bytes; a
 * missing one as "-"; fields follow one another with nothing between. Postgres computes the same by itself when a
 * change commits (function `hash_change`); both have to agree.
 */
export function hashChange(change: LoggedChange, previous: string, rows: string): string {
  const { revision, kind, actor, reason, reverts, at } = change;
  return sha256([previous, revision, kind, actor, reason, reverts, at, rows]).digest("hex");
}

function sha256(fields: readonly (string | null)[]) {
  const sum = createHash("sha256");
  for (const field of fields) {
    sum.update(field === null ? "-" : `${Buffer.byteLength(field)}:${field}`);
  }
  return sum;
}
