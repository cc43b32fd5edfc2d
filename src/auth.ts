import { AccessError } from "./access/AccessError.ts";
import { KeyCache, type KeyNotices, type KeyRow } from "./access/KeyCache.ts";
import { ANONYMOUS, makeViewer } from "./access/makeViewer.ts";
import type { Tokens } from "./access/token/openTokens.ts";
import type { Viewer } from "./context.ts";
import { hashKey } from "./keys.ts";
import type { Queryable } from "./kg/types.ts";

/** Gives the viewer behind an `authorization` header. */
export type Authenticate = (authorization: string | undefined) => Promise<Viewer>;

const EXPECTED = "expected the header authorization: Bearer <key>";

/**
 * Makes the function that turns `authorization: Bearer <key or token>` into a viewer; a known one costs no statement.
 * A revoked key is refused within a second: at once where `notices` arrive, after one second without them.
 *
 * A refusal says whether a key is unknown, revoked or expired. Only who holds the whole key, 256 random bits, learns
 * that it once was one: names are not asked for, and a wrong key is unknown like any other.
 * @throws {AccessError} UNAUTHENTICATED for a wrong key or token, and for a missing one unless reading is open;
 * UNAVAILABLE where neither can be checked now
 */
export function makeAuthenticate(
  db: Queryable,
  options: {
    readonly openReading: boolean;
    readonly tokens?: Tokens | null;
    readonly notices?: KeyNotices | null;
  },
): Authenticate {
  const { openReading, tokens = null, notices = null } = options;
  const keys = new KeyCache(db, notices);
  const viewers = new WeakMap<KeyRow, Viewer>();

  async function findKey(key: string): Promise<Viewer> {
    const row = await keys.find(hashKey(key));
    assertValid(row);
    keys.noteUse(row.id);
    const viewer = viewers.get(row) ?? makeViewer(row.name, row.role, row);
    viewers.set(row, viewer);
    return viewer;
  }

  return async (authorization) => {
    if (authorization === undefined) {
      if (openReading) return ANONYMOUS;
      throw new AccessError("UNAUTHENTICATED", `the request has no API key; ${EXPECTED}`);
    }
    const sent = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    if (sent === undefined) {
      throw refuse(`the header authorization is not understood; ${EXPECTED}`, "invalid_request");
    }
    const isToken = sent.includes("."); // no key holds one
    if (!isToken) return findKey(sent);
    if (tokens) return tokens.read(sent);
    throw refuse("the server takes no tokens; expected an API key, or WHYGRAPH_JWT_KEYS to be set");
  };
}

function assertValid(row: KeyRow | null): asserts row is KeyRow {
  if (row === null) {
    throw refuse("the API key is unknown; expected one that whygraph keys create has printed");
  }
  const { name, revokedAt, expiresAt } = row;
  if (revokedAt) {
    throw refuse(`the API key "${name}" was revoked at ${revokedAt.toISOString()}; expected another`);
  }
  if (expiresAt && expiresAt.getTime() <= Date.now()) {
    throw refuse(`the API key "${name}" expired at ${expiresAt.toISOString()}; expected another`);
  }
}

function refuse(message: string, error = "invalid_token"): AccessError {
  return new AccessError("UNAUTHENTICATED", message, { error });
}
