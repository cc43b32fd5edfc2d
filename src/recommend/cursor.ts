import { DomainError } from "../errors.ts";
import type { EntityId } from "../kg/types.ts";

/** Where a page of a ranking ended. */
export interface RankCursor {
  readonly score: number;
  readonly item: EntityId;
}

/** Packs the end of a page; opaque to clients. */
export function packRankCursor({ score, item }: RankCursor): string {
  return Buffer.from(JSON.stringify(["rank", score, item])).toString("base64url");
}

/** Reads a cursor. @throws {DomainError} BAD_USER_INPUT where it is not one of a ranking */
export function readRankCursor(cursor: string): RankCursor {
  try {
    const [kind, score, item] = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (kind === "rank" && Number.isFinite(score) && typeof item === "string" && /^\d+$/.test(item)) {
      return { score, item };
    }
  } catch {
    // falls through to the one message for whatever is wrong with it
  }
  throw new DomainError(
    "BAD_USER_INPUT",
    `after is "${cursor}"; expected the cursor of an edge of this list`,
  );
}

/** Place in `ranked` where the page behind `cursor` starts: behind its item, or behind its score if that is gone. */
export function findStart(
  ranked: readonly { readonly item: number; readonly score: number }[],
  cursor: RankCursor,
  item: number,
): number {
  const place = ranked.findIndex((one) => one.item === item);
  if (place >= 0) return place + 1;
  const behind = ranked.findIndex((one) => one.score < cursor.score);
  return behind < 0 ? ranked.length : behind;
}
