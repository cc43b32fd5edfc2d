import { createHash, randomBytes } from "node:crypto";
import { ROLES as BUNDLES } from "./access/scopes.ts";
import type { Scope } from "./access/types.ts";
import type { Role } from "./context.ts";
import { DomainError } from "./errors.ts";
import type { Database } from "./kg/database.ts";

export const ROLES = Object.keys(BUNDLES) as readonly Role[];

/** Names of others in the change log: those of tokens begin so, whoever sends no key, and the gateway itself. */
const RESERVED = /^jwt:|^anonymous$|^whygraph$/i;
const LONGEST_NAME = 200;

/** What a key may do, for whom and until when. */
export interface KeyGrant {
  readonly role: Role;
  /** Null for all of its role. */
  readonly scopes?: readonly Scope[] | null;
  /** Users that it may speak of: keys, or beginnings of keys that end in `*`; null for all. */
  readonly users?: readonly string[] | null;
  /** Null for a key that stays until it is revoked. */
  readonly expiresAt?: Date | null;
}

/** An API key as it is listed: the key itself is shown once, when it is made. */
export interface ApiKey extends Required<KeyGrant> {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  /** To the minute; null where it was never used. */
  readonly lastUsedAt: Date | null;
}

/**
 * Makes the API key `name` and gives it; only its hash is kept. A role alone is a grant without limits.
 * @throws {DomainError} BAD_USER_INPUT for a grant that makes no sense, CONFLICT for a name in use
 */
export async function createKey(
  db: Database,
  name: string,
  granted: Role | KeyGrant,
): Promise<ApiKey & { readonly key: string }> {
  const grant: KeyGrant = typeof granted === "string" ? { role: granted } : granted;
  checkName(name);
  checkGrant(grant);
  const key = makeKey();
  const { role, scopes = null, users = null, expiresAt = null } = grant;
  const [row] = await db.transaction(async (tx) => {
    await tx.query("lock table api_key in exclusive mode"); // two commands at once do not make one name twice
    return tx.query<ApiKey>(
      `insert into api_key (name, role, hash, scopes, users, expires_at) select $1, $2, $3, $4, $5, $6
        where not exists (select from api_key where name = $1 and ${VALID}) returning ${COLUMNS}`,
      [name, role, hashKey(key), scopes, users, expiresAt],
    );
  });
  if (row) return { ...row, key };
  throw new DomainError(
    "CONFLICT",
    `there is an API key ${JSON.stringify(name)} already; expected another name, or revoke it first`,
  );
}

/** Makes the first ADMIN key of an installation and gives it; null where there have been keys before. */
export async function createFirstKey(db: Database): Promise<string | null> {
  const key = makeKey();
  return db.transaction(async (transaction) => {
    await transaction.query("lock table api_key in exclusive mode"); // two servers that start at once make one key
    const made = await transaction.query(
      "insert into api_key (name, role, hash) select 'admin', 'ADMIN', $1 where not exists (select from api_key) returning id",
      [hashKey(key)],
    );
    return made.length > 0 ? key : null;
  });
}

/** Finds all API keys, the revoked ones too, oldest first. */
export function findKeys(db: Database): Promise<ApiKey[]> {
  return db.query<ApiKey>(`select ${COLUMNS} from api_key order by id`);
}

/** Revokes the key of that name; servers refuse it within a second, and end what it has subscribed to. */
export async function revokeKey(db: Database, name: string): Promise<ApiKey> {
  const [row] = await db.query<ApiKey>(
    `update api_key set revoked_at = clock_timestamp() where name = $1 and revoked_at is null returning ${COLUMNS}`,
    [name],
  );
  if (row) return row;
  throw new DomainError(
    "NOT_FOUND",
    `there is no valid API key ${JSON.stringify(name)}; see whygraph keys list`,
  );
}

/**
 * What is kept of a key, and what keys are compared by. Keys are 256 random bits, so a plain hash is enough, and how
 * long comparing two of them takes tells nothing about a key.
 */
export function hashKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

const VALID = "revoked_at is null and (expires_at is null or expires_at > clock_timestamp())";
const COLUMNS = `id::text, name, role, scopes, users, created_at as "createdAt", expires_at as "expiresAt",
  revoked_at as "revokedAt", last_used_at as "lastUsedAt"`;

function makeKey(): string {
  return `wg_${randomBytes(32).toString("base64url")}`;
}

function checkName(name: string): void {
  const faulty =
    name.trim() !== name || name === "" || name.length > LONGEST_NAME || /[\p{Cc}\p{Cs}]/u.test(name);
  if (!faulty && !RESERVED.test(name)) return;
  const expected = `1 to ${LONGEST_NAME} characters, and not "anonymous", "whygraph" or what begins with "jwt:"`;
  throw new DomainError("BAD_USER_INPUT", `the name is ${JSON.stringify(name)}, expected ${expected}`);
}

function checkGrant({ role, scopes, users, expiresAt }: KeyGrant): void {
  const foreign = scopes?.find((scope) => !BUNDLES[role].includes(scope));
  if (foreign !== undefined) {
    const expected = `some of ${BUNDLES[role].join(", ")}`;
    throw new DomainError(
      "BAD_USER_INPUT",
      `the role ${role} has no scope "${foreign}", expected ${expected}`,
    );
  }
  const faulty = users?.find((user) => user === "" || user.slice(0, -1).includes("*"));
  if (faulty !== undefined) {
    const expected = "keys of users, or beginnings of them with * behind";
    throw new DomainError("BAD_USER_INPUT", `users has ${JSON.stringify(faulty)}, expected ${expected}`);
  }
  if (!expiresAt || expiresAt.getTime() > Date.now()) return;
  throw new DomainError(
    "BAD_USER_INPUT",
    `the key would end at ${expiresAt.toISOString()}, expected a later time`,
  );
}
