import { execFileSync, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { DomainError } from "../../errors.ts";

/** The system account that Postgres runs as, where it is not our own. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Finds the account to run Postgres as: null (our own) unless we are root, as which Postgres refuses to run.
 * The owner of data that is already there wins; then `postgres`, made where it is absent; then `nobody`.
 */
export function findAccount(cluster: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = lookUp("postgres") ?? makeAccount() ?? lookUp("nobody");
  if (account) return account;
  throw new DomainError(
    "CONFIGURATION",
    "Postgres does not run as root, and there is no account postgres or nobody to run it as; " +
      "run Whygraph as an ordinary user, or set DATABASE_URL to a Postgres of your own",
  );
}

/** Runs a program to its end as `account`; the answer's `status` is 0 where it succeeded. */
export function runAs(account: Account | null, program: string, args: readonly string[], cwd = "/") {
  return spawnSync(program, args, { ...account, cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Whether `account` can reach the folder and write into it. */
export function canWrite(account: Account | null, folder: string): boolean {
  return runAs(account, "sh", ["-c", 'cd "$1" && test -w .', "sh", folder]).status === 0;
}

function lookUp(name: string): Account | null {
  const [uid, gid] = ["-u", "-g"].map((flag) =>
    Number.parseInt(spawnSync("id", [flag, name], { encoding: "utf8" }).stdout, 10),
  );
  return Number.isNaN(uid) || Number.isNaN(gid) || uid === 0 ? null : { uid, gid };
}

function makeAccount(): Account | null {
  try {
    execFileSync("groupadd", ["--system", "--force", "postgres"], { stdio: "ignore" });
    execFileSync("useradd", ["--system", "--gid", "postgres", "--no-create-home", "postgres"], {
      stdio: "ignore",
    });
  } catch {
    return null; // no such tools, or a read-only /etc: nobody will do
  }
  return lookUp("postgres");
}
