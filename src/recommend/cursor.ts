import { createHash } from "node:crypto";
import { DomainError } from "../errors.ts";

/** Where a page of a list ended, and which list it was. */
export interface PageCursor {
  /** Places before and with the edge, in the whole list. */
  readonly rank: number;
  /** Digest of the arguments, save for the page's own. */
  readonly request: string;
  /** Digest of what the list was made from. */
  readonly state: string;
  /** What it takes to make the list again; null where it cannot be made again. */
  readonly pin: string | null;
}

/** Packs the end of a page; opaque to clients. */
export function packPageCursor({ rank, request, state, pin }: PageCursor): string {
  return Buffer.from(JSON.stringify(["page", rank, request, state, pin])).toString("base64url");
}

/**
 * Reads a cursor of a list that was asked for by `request`.
 * @throws {DomainError} BAD_USER_INPUT where it is none, or one of a list with other arguments
 */
export function readPageCursor(cursor: string, request: string): PageCursor {
  const read = parse(cursor);
  if (!read) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `after is "${cursor.slice(0, 80)}"; expected the cursor of an edge of this list`,
    );
  }
  if (read.request !== request) {
    throw new DomainError(
      "BAD_USER_INPUT",
      "after is the cursor of a list with other arguments; expected the arguments of its first page",
    );
  }
  return read;
}

function parse(cursor: string): PageCursor | null {
  try {
    const [kind, rank, request, state, pin] = JSON.parse(Buffer.from(cursor, "base64url").toString());
    const texts = [request, state, ...(pin === null ? [] : [pin])];
    const sound = kind === "page" && Number.isSafeInteger(rank) && rank > 0;
    return sound && texts.every((text) => typeof text === "string") ? { rank, request, state, pin } : null;
  } catch {
    return null;
  }
}

/** Digests what cursors compare: equal for equal content; null and absent are equal. */
export function digest(parts: unknown): string {
  const text = JSON.stringify(parts, (_, value) => (value === null ? undefined : value));
  return createHash("sha256").update(text).digest("base64url").slice(0, 16);
}
