import { timingSafeEqual } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Queryable } from "../kg/types.ts";
import { AccessError } from "./AccessError.ts";
import { BoundedMap } from "./BoundedMap.ts";
import type { Role, Scope } from "./types.ts";

/** What is kept of an API key. */
export interface KeyRow {
  readonly id: string;
  readonly hash: string;
  readonly name: string;
  readonly role: Role;
  readonly scopes: readonly Scope[] | null;
  readonly users: readonly string[] | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** The notices of Postgres; `connected` as long as they arrive. */
export interface KeyNotices {
  readonly connected: boolean;
  /** Calls back with each notice, and with null where some may have been missed. */
  onNotice(callback: (notice: { readonly keys?: unknown } | null) => void): void;
}

interface Entry {
  readonly row: KeyRow;
  /** When Postgres last said so. */
  readonly readAt: number;
  /** How many notices had come by then. */
  readonly epoch: number;
}

const UNHEARD_MS = 1_000; // a key is read again after that where no notices arrive
const REREAD_MS = 5_000; // and, beside the request, after that where they do: one may have been lost
const LONGEST_MS = 60_000; // a key that cannot be read again is believed no longer
const USED_MS = 60_000; // how exactly the last use is written down
const MOST_KEYS = 10_000;

const FIND = `
  select id::text, hash, name, role, scopes, users, expires_at as "expiresAt", revoked_at as "revokedAt"
    from api_key where hash = any($1)`; // index api_key_hash_key
const USE = `
  update api_key set last_used_at = clock_timestamp()
   where id = $1 and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute')`;

/**
 * API keys as Postgres has them, without a statement for one that is known. A notice of Postgres, which comes within
 * milliseconds of a revocation, makes it read each again before it is used; without notices a key is known for one second.
 * A key that reads as before is the same row, so what others keep by the row outlives the news of other keys. Unknown
 * keys that come in a flood share one statement at a time.
 */
export class KeyCache {
  readonly #known = new BoundedMap<string, Entry>(MOST_KEYS);
  readonly #used = new BoundedMap<string, number>(MOST_KEYS);
  #waiting = new Map<string, Promise<KeyRow | null>>();
  #reading: Promise<unknown> = Promise.resolve();
  #epoch = 0;

  constructor(
    private readonly db: Queryable,
    private readonly notices: KeyNotices | null,
  ) {
    notices?.onNotice((notice) => {
      if (notice === null || notice.keys !== undefined) this.#epoch++;
    });
  }

  /**
   * Finds the key with this hash, the revoked and the expired ones too; at once where it is known.
   * @throws {AccessError} UNAVAILABLE where Postgres does not answer
   */
  find(hash: string): KeyRow | null | Promise<KeyRow | null> {
    const entry = this.#known.get(hash);
    if (entry?.epoch !== this.#epoch) return this.#read(hash);
    if (!timingSafeEqual(Buffer.from(entry.row.hash), Buffer.from(hash))) return this.#read(hash);
    const age = performance.now() - entry.readAt;
    if (age < UNHEARD_MS) return entry.row;
    if (!this.notices?.connected || age > LONGEST_MS) return this.#readAgain(hash, entry);
    if (age > REREAD_MS) void this.#read(hash).catch(() => undefined); // tried again with the next request
    return entry.row;
  }

  /** Writes down that a key is used, once a minute, beside the request. */
  noteUse(id: string): void {
    const now = performance.now();
    if (now - (this.#used.get(id) ?? Number.NEGATIVE_INFINITY) < USED_MS) return;
    this.#used.set(id, now);
    this.db.query(USE, [id]).catch(() => this.#used.delete(id));
  }

  /** Without notices. A key that cannot be read again holds on: nobody can revoke it in a Postgres that is away. */
  async #readAgain(hash: string, { row, readAt }: Entry): Promise<KeyRow | null> {
    try {
      return await this.#read(hash);
    } catch (error) {
      if (performance.now() - readAt < LONGEST_MS) return row;
      throw error;
    }
  }

  /** Those who wait for the same or another key share the next statement. */
  #read(hash: string): Promise<KeyRow | null> {
    const waiting = this.#waiting.get(hash);
    if (waiting) return waiting;
    if (this.#waiting.size === 0) {
      this.#reading = this.#reading.then(
        () => this.#readAll(),
        () => this.#readAll(),
      );
    }
    const rows = this.#reading as Promise<ReadonlyMap<string, KeyRow>>;
    const found = rows.then((all) => all.get(hash) ?? null);
    this.#waiting.set(hash, found);
    return found;
  }

  async #readAll(): Promise<ReadonlyMap<string, KeyRow>> {
    const hashes = [...this.#waiting.keys()];
    this.#waiting = new Map();
    const epoch = this.#epoch;
    const readAt = performance.now();
    let rows: readonly KeyRow[];
    try {
      rows = await this.db.query<KeyRow>(FIND, [hashes]);
    } catch {
      throw new AccessError(
        "UNAVAILABLE",
        "API keys cannot be checked now; expected Postgres to answer; try again",
      );
    }
    const found = new Map(rows.map((row) => [row.hash, row]));
    for (const hash of hashes) {
      const read = found.get(hash);
      const known = this.#known.get(hash)?.row;
      this.#known.delete(hash);
      if (!read) continue;
      const row = known && isDeepStrictEqual(known, read) ? known : read;
      found.set(hash, row);
      this.#known.set(hash, { row, readAt, epoch }); // a notice that came meanwhile makes it old at once
    }
    return found;
  }
}
