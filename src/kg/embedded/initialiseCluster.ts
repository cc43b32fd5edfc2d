import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DomainError } from "../../errors.ts";
import { runAs } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import type { ClusterFolder } from "./clusterFolder.ts";

// Order is by code point everywhere; the character classes, which search needs, are the system's Unicode ones.
const CHARACTER_CLASSES = ["C.UTF-8", "C.utf8", "en_US.UTF-8", "C"];

/**
 * Makes the cluster's files in `<base>/data` unless they are there, and gives the password of its superuser.
 * Made aside and renamed, so that an interrupted start leaves nothing half made.
 */
export function initialiseCluster({ account, base }: ClusterFolder, binaries: Binaries): string {
  const data = join(base, "data");
  const passwordFile = join(base, "password");
  if (existsSync(join(data, "PG_VERSION"))) return readPassword(passwordFile);
  removePartials(base);
  const partial = join(base, `data.partial-${randomBytes(6).toString("hex")}`);
  writeFileSync(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  chmodSync(passwordFile, 0o600);
  if (account) chownSync(passwordFile, account.uid, account.gid);
  let reason = "";
  for (const characters of CHARACTER_CLASSES) {
    rmSync(partial, { recursive: true, force: true });
    const made = runAs(
      account,
      binaries.initdb,
      [
        ...[`--pgdata=${partial}`, `--pwfile=${passwordFile}`, "--username=whygraph", "--auth=scram-sha-256"],
        ...["--encoding=UTF8", "--locale=C", `--lc-ctype=${characters}`, "--text-search-config=simple"],
      ],
      base,
    );
    if (made.status === 0) {
      renameSync(partial, data);
      return readPassword(passwordFile);
    }
    reason = (made.error?.message ?? made.stderr).trim();
    if (!/locale/.test(reason)) break;
  }
  throw new DomainError("CONFIGURATION", `Postgres could not make its files in ${data}: ${reason}`);
}

/** An initdb whose parent was killed may still be writing: what cannot be removed now is removed next time. */
function removePartials(base: string): void {
  for (const name of readdirSync(base).filter((entry) => entry.startsWith("data.partial-"))) {
    try {
      rmSync(join(base, name), { recursive: true, force: true });
    } catch {
      // see above
    }
  }
}

function readPassword(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new DomainError(
      "CONFIGURATION",
      `cannot read the database password ${path}: ${(error as Error).message}; put the file back, ` +
        "or name another data folder with WHYGRAPH_DATA",
    );
  }
}
