import { createHash, randomBytes } from "node:crypto";
import type { Role } from "./context.ts";
import { DomainError } from "./errors.ts";
import type { Database } from "./kg/database.ts";

export const ROLES: readonly Role[] = ["VIEWER", "CURATOR", "ADMIN"];

/** An API key as it is listed: the key itself is shown once, when it is made. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** Makes the API key `name` and gives it; only its hash is kept. */
export async function createKey(
  db: Database,
  name: string,
  role: Role,
): Promise<ApiKey & { readonly key: string }> {
  const key = makeKey();
  const [row] = await db.query<ApiKey>(
    `insert into api_key (name, role, hash) select $1, $2, $3
      where not exists (select from api_key where name = $1 and revoked_at is null) returning ${COLUMNS}`,
    [name, role, hashKey(key)],
  );
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

/** Revokes the key of that name; servers refuse it within seconds. */
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

/** What is kept of a key. Keys are 256 random bits, so a plain hash is enough. */
export function hashKey(key: string): string {
  return createHash("sha256").update(key).digest("hex");
}

const COLUMNS = `id::text, name, role, created_at as "createdAt", revoked_at as "revokedAt"`;

function makeKey(): string {
  return `wg_${randomBytes(32).toString("base64url")}`;
}
