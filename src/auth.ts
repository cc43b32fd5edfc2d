import type { Role, Viewer } from "./context.ts";
import { DomainError } from "./errors.ts";
import { hashKey } from "./keys.ts";
import type { Queryable } from "./kg/types.ts";

const FRESH_MS = 2_000;
const CACHED_KEYS = 1_000;

const ANONYMOUS: Viewer = { name: "anonymous", role: "VIEWER", authenticated: false };

/** Gives the viewer behind an `authorization` header. */
export type Authenticate = (authorization: string | undefined) => Promise<Viewer>;

/**
 * Makes the function that turns `authorization: Bearer <key>` into a viewer. What a key means is remembered for
 * two seconds, so a revoked key is refused that soon.
 * @throws {DomainError} UNAUTHENTICATED for a wrong key, and for a missing one unless reading is open
 */
export function makeAuthenticate(
  db: Queryable,
  { openReading }: { readonly openReading: boolean },
): Authenticate {
  const cache = new Map<string, { readonly viewer: Viewer | null; readonly until: number }>();

  async function findViewer(hash: string): Promise<Viewer | null> {
    const known = cache.get(hash);
    if (known && known.until > Date.now()) return known.viewer;
    const [row] = await db.query<{ name: string; role: Role }>(
      "select name, role from api_key where hash = $1 and revoked_at is null", // index api_key_hash_key
      [hash],
    );
    const viewer = row ? { name: row.name, role: row.role, authenticated: true } : null;
    if (cache.size >= CACHED_KEYS) cache.clear();
    cache.set(hash, { viewer, until: Date.now() + FRESH_MS });
    return viewer;
  }

  return async (authorization) => {
    if (authorization === undefined) {
      if (openReading) return ANONYMOUS;
      throw new DomainError(
        "UNAUTHENTICATED",
        "the request has no API key; expected the header authorization: Bearer <key>",
      );
    }
    const key = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    const viewer = key ? await findViewer(hashKey(key)) : null;
    if (viewer) return viewer;
    throw new DomainError(
      "UNAUTHENTICATED",
      key
        ? "the API key is unknown or revoked; expected one made by whygraph keys create"
        : "the header authorization is not understood; expected Bearer <key>",
    );
  };
}
