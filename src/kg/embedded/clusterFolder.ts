import { randomBytes } from "node:crypto";
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { DomainError } from "../../errors.ts";
import { type Account, canWrite, findAccount } from "./account.ts";

/** Where root keeps clusters that its checkout cannot hold. */
const SYSTEM_FOLDER = "/var/lib/whygraph";

export interface ClusterFolder {
  readonly account: Account | null;
  /** Real path of the folder that holds the cluster; its owner is `account`. */
  readonly base: string;
  /** Where copies of the binaries go that `account` can reach. */
  readonly spare: string;
}

/**
 * Makes the folder of the cluster, `<folder>/postgres`, owned by the account that Postgres runs as. Where that
 * account cannot reach it (a checkout under /root), the cluster lies in /var/lib/whygraph and
 * `<folder>/postgres` is a link to it.
 * @throws {DomainError} CONFIGURATION where no folder can be reached
 */
export function makeClusterFolder(
  folder: string,
  onNotice: (text: string) => void = () => undefined,
): ClusterFolder {
  const link = join(folder, "postgres");
  const account = findAccount(link);
  if (!existsSync(link)) makeBase(link, account);
  let base = realpathSync(link);
  if (!canWrite(account, base)) {
    if (account === null || existsSync(join(base, "data"))) throw unreachable(base, account);
    rmdirSync(link);
    base = makeSystemBase(link, account);
    onNotice(
      `user ${account.uid}, as whom Postgres must run, cannot reach ${link}: its files are in ${base}`,
    );
  }
  return { account, base, spare: base === link || account === null ? folder : SYSTEM_FOLDER };
}

/**
 * Makes the data folder unless it is there.
 * @throws {DomainError} CONFIGURATION where it cannot be made, or not be written
 */
export function makeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new DomainError(
      "CONFIGURATION",
      `the data folder ${folder} cannot be written by user ${process.getuid?.()} (${code}); ` +
        "run as its owner, or name another folder with WHYGRAPH_DATA",
    );
  }
}

/** Checks that the data in `data` are of this Postgres' major version. */
export function assertMajor(data: string, major: string): void {
  const found = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  if (found === major) return;
  throw new DomainError(
    "CONFIGURATION",
    `${data} was written by Postgres ${found}, expected ${major}: export the graph with the Whygraph that wrote it, ` +
      "or name an empty folder with WHYGRAPH_DATA",
  );
}

function makeBase(base: string, account: Account | null): void {
  mkdirSync(base, { mode: 0o700 });
  if (account) chownSync(base, account.uid, account.gid);
}

function makeSystemBase(link: string, account: Account): string {
  const base = join(SYSTEM_FOLDER, randomBytes(6).toString("hex"));
  try {
    mkdirSync(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
    makeBase(base, account);
  } catch (error) {
    throw unreachable(link, account, `; ${(error as Error).message}`);
  }
  if (!canWrite(account, base)) throw unreachable(base, account);
  symlinkSync(base, link);
  return base;
}

function unreachable(base: string, account: Account | null, more = ""): DomainError {
  const who = account ? `user ${account.uid}, as whom Postgres must run` : `user ${process.getuid?.()}`;
  return new DomainError(
    "CONFIGURATION",
    `${base} cannot be written by ${who}${more}; name a folder that it can reach with WHYGRAPH_DATA ` +
      `(each of its parents needs x for others, beginning with ${dirname(base)}), or set DATABASE_URL`,
  );
}
