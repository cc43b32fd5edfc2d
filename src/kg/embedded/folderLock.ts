import { linkSync, readFileSync, rmSync, statSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { identityOf, isAlive } from "./processIdentity.ts";

const HEARTBEAT_MS = 5_000;
const SILENT_MS = 20_000;

interface Owner {
  readonly pid: number;
  readonly identity: string;
  readonly host: string;
}

export interface FolderLock {
  release(): void;
}

/**
 * Takes the lock of a data folder, or gives the number of the process that has it. A lock whose process is
 * gone counts as free; one from another machine or container is free once its heartbeat has stopped.
 */
export function takeLock(folder: string): FolderLock | { readonly heldBy: number } {
  const path = join(folder, "lock");
  const owner: Owner = { pid: process.pid, identity: identityOf(process.pid) ?? "", host: hostname() };
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(owner));
  try {
    for (;;) {
      if (placeLock(mine, path)) return holdLock(path);
      const held = readOwner(path);
      if (held && isHeld(path, held)) return { heldBy: held.pid };
      if (!clearStale(path)) return { heldBy: held?.pid ?? 0 };
    }
  } finally {
    unlinkSync(mine);
  }
}

/** link(2) fails where the name is taken, and the file is whole from the first moment. */
function placeLock(mine: string, path: string): boolean {
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function holdLock(path: string): FolderLock {
  const beat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // the folder was deleted under us; Postgres will say so
    }
  }, HEARTBEAT_MS).unref();
  return {
    release: () => {
      clearInterval(beat);
      if (readOwner(path)?.pid === process.pid) unlinkSync(path);
    },
  };
}

function readOwner(path: string): Owner | null {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

function isHeld(path: string, owner: Owner): boolean {
  if (owner.host === hostname()) return isAlive(owner.identity);
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs < SILENT_MS;
}

/**
 * Removes a stale lock; false where another process is at it. Only the holder of `lock.clear` may remove, and
 * looks again first: else the second of two could remove the lock that the first has just taken.
 */
function clearStale(path: string): boolean {
  const clear = `${path}.clear`;
  try {
    writeFileSync(clear, "", { flag: "wx" });
  } catch {
    const age = Date.now() - (statSync(clear, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > SILENT_MS) rmSync(clear, { force: true }); // its maker died in these few lines
    return false;
  }
  try {
    const owner = readOwner(path);
    if (statSync(path, { throwIfNoEntry: false }) && !(owner && isHeld(path, owner))) unlinkSync(path);
    return true;
  } finally {
    unlinkSync(clear);
  }
}
