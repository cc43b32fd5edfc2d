import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { DomainError } from "../../errors.ts";
import { isAlive } from "./processIdentity.ts";

/** What the process that runs Postgres tells others on the same data folder. */
export interface Announcement {
  readonly pid: number;
  readonly identity: string;
  /** A server stays; a command ends, and Postgres with it, when its work is done. */
  readonly role: "server" | "command";
  readonly port: number;
  /** With the password: the file is for its owner only. */
  readonly url: string;
  readonly systemIdentifier: string;
}

const FILE = "server.json";

/** Writes the announcement in one step, readable by its owner only. */
export function writeAnnouncement(folder: string, announcement: Announcement): void {
  const partial = join(folder, `${FILE}.${process.pid}`);
  writeFileSync(partial, `${JSON.stringify(announcement, null, 2)}\n`, { mode: 0o600 });
  chmodSync(partial, 0o600);
  renameSync(partial, join(folder, FILE));
}

export function removeAnnouncement(folder: string): void {
  rmSync(join(folder, FILE), { force: true });
}

/** Reads the announcement of a process that lives; null where there is none. */
export function readAnnouncement(folder: string): Announcement | null {
  const path = join(folder, FILE);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new DomainError(
      "CONFIGURATION",
      `cannot read ${path}: ${(error as Error).message}; run this command as the user who runs the server, or set DATABASE_URL`,
    );
  }
  try {
    const announcement: Announcement = JSON.parse(text);
    return isAlive(announcement.identity) ? announcement : null;
  } catch {
    return null; // not ours, or damaged: as good as none
  }
}

/**
 * Connects to the announced server; null where it does not answer or is another cluster. While the connection
 * is open a command that runs Postgres waits with its end.
 */
export async function joinAnnounced(announcement: Announcement): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: announcement.url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    if ((await readSystemIdentifier(client)) === announcement.systemIdentifier) return client;
  } catch {
    // starting, stopping or gone: the caller looks again
  }
  await client.end().catch(() => undefined);
  return null;
}

/** Reads the number that initdb gave the cluster. */
export async function readSystemIdentifier(client: pg.Client): Promise<string> {
  const { rows } = await client.query("select system_identifier::text as id from pg_control_system()");
  return rows[0].id;
}
