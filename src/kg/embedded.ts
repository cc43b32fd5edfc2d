import { join } from "node:path";
import pg from "pg";
import { DomainError } from "../errors.ts";
import {
  joinAnnounced,
  readAnnouncement,
  readSystemIdentifier,
  removeAnnouncement,
  writeAnnouncement,
} from "./embedded/announcement.ts";
import { findBinaries } from "./embedded/binaries.ts";
import { assertMajor, makeClusterFolder, makeDataFolder } from "./embedded/clusterFolder.ts";
import { type FolderLock, takeLock } from "./embedded/folderLock.ts";
import { initialiseCluster } from "./embedded/initialiseCluster.ts";
import { identityOf } from "./embedded/processIdentity.ts";
import { runCluster } from "./embedded/runCluster.ts";

const DATABASE = "whygraph";
const LOCK_WAIT_MS = 60_000;

export interface EmbeddedServer {
  /** Address of a database on this server. */
  urlOf(database: string): string;
  createDatabase(name: string): Promise<void>;
  /** Resolves when Postgres has ended, wanted or not. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

interface StartOptions {
  readonly folder: string;
  /** A free one where absent. */
  readonly port?: number;
  /** More arguments for Postgres. */
  readonly flags?: readonly string[];
  readonly onNotice?: (text: string) => void;
}

/**
 * Starts the PostgreSQL that comes from npm on `folder`, initialising it the first time; it ends with this
 * process at the latest. As root it runs as the user postgres, see `makeClusterFolder`.
 * @throws {DomainError} UNAVAILABLE where another process runs one on this folder
 */
export async function startEmbedded(options: StartOptions): Promise<EmbeddedServer> {
  makeDataFolder(options.folder);
  const lock = takeLock(options.folder);
  if (!("heldBy" in lock)) return startLocked(options, lock);
  throw new DomainError("UNAVAILABLE", `process ${lock.heldBy} runs Postgres on ${options.folder} already`);
}

async function startLocked(options: StartOptions, lock: FolderLock): Promise<EmbeddedServer> {
  try {
    const cluster = makeClusterFolder(options.folder, options.onNotice);
    const binaries = findBinaries(cluster.account, cluster.spare);
    const password = initialiseCluster(cluster, binaries);
    assertMajor(join(cluster.base, "data"), binaries.major);
    const log = join(options.folder, "postgres.log");
    const running = await runCluster({ ...cluster, log }, binaries, { ...options, password });
    const urlOf = (database: string) =>
      `postgres://whygraph:${password}@127.0.0.1:${running.port}/${database}`;
    return {
      urlOf,
      createDatabase: (name) => createDatabase(urlOf("postgres"), name),
      ended: running.ended,
      stop: () => running.stop().finally(() => lock.release()),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The gateway's database on an embedded server. */
export interface EmbeddedDatabase {
  readonly url: string;
  /** Whether this process runs the server; otherwise it joined the one of another process. */
  readonly started: boolean;
  /** Resolves when the server has ended, wanted or not. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

/**
 * Gives the gateway's database on `folder`: joins the process that serves it already, or starts Postgres here.
 * A server does not join a command, which would end under it, but waits for it. `onNotice` hears of what the user should know.
 */
export async function openEmbedded(
  folder: string,
  options: { readonly role?: "server" | "command"; readonly onNotice?: (reason: string) => void } = {},
): Promise<EmbeddedDatabase> {
  const role = options.role ?? "command";
  makeDataFolder(folder);
  let waiting = "";
  for (const since = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const joined = await joinRunning(folder, role);
    if (joined) return joined;
    const lock = takeLock(folder);
    if (!("heldBy" in lock)) return startAnnounced({ folder, onNotice: options.onNotice }, role, lock);
    const reason = `process ${lock.heldBy} works on ${folder}`;
    if (waiting !== reason && Date.now() - since > 1_000) {
      waiting = reason;
      options.onNotice?.(`waiting: ${reason}`);
    }
    const patient = role === "server" && readAnnouncement(folder)?.role === "command";
    if (!patient && Date.now() - since > LOCK_WAIT_MS) throw busy(folder, lock.heldBy);
  }
}

async function joinRunning(folder: string, role: "server" | "command"): Promise<EmbeddedDatabase | null> {
  const announcement = readAnnouncement(folder);
  if (!announcement || (role === "server" && announcement.role === "command")) return null;
  const presence = await joinAnnounced(announcement);
  if (!presence) return null;
  const ended = new Promise<void>((resolve) => presence.once("end", resolve));
  presence.on("error", () => undefined); // "end" follows
  if (readAnnouncement(folder)?.identity !== announcement.identity) {
    await presence.end(); // it began to stop between the two looks
    return null;
  }
  return { url: announcement.url, started: false, ended, close: () => presence.end() };
}

async function startAnnounced(
  options: StartOptions,
  role: "server" | "command",
  lock: FolderLock,
): Promise<EmbeddedDatabase> {
  const { folder } = options;
  removeAnnouncement(folder);
  const server = await startLocked(options, lock);
  const admin = new pg.Client({ connectionString: server.urlOf("postgres") });
  admin.on("error", () => undefined);
  try {
    await admin.connect();
    const { rowCount } = await admin.query("select from pg_database where datname = $1", [DATABASE]);
    if (!rowCount) await server.createDatabase(DATABASE);
    const url = server.urlOf(DATABASE);
    const systemIdentifier = await readSystemIdentifier(admin);
    const identity = identityOf(process.pid) ?? "";
    const { port } = new URL(url);
    writeAnnouncement(folder, {
      pid: process.pid,
      identity,
      role,
      port: Number(port),
      url,
      systemIdentifier,
    });
    return {
      url,
      started: true,
      ended: server.ended,
      close: () => closeAnnounced(folder, role, server, admin),
    };
  } catch (error) {
    await admin.end().catch(() => undefined);
    await server.stop();
    throw error;
  }
}

/** A command lets those who joined it finish; a server is told to stop and stops. */
async function closeAnnounced(
  folder: string,
  role: "server" | "command",
  server: EmbeddedServer,
  admin: pg.Client,
): Promise<void> {
  removeAnnouncement(folder);
  const countOthers = async (): Promise<number> => {
    const others = `select from pg_stat_activity where datname = $1 and backend_type = 'client backend'`;
    return (await admin.query(others, [DATABASE])).rowCount ?? 0;
  };
  try {
    while (role === "command" && (await countOthers()) > 0) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  } catch {
    // Postgres has ended already
  }
  await admin.end().catch(() => undefined);
  await server.stop();
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

function busy(folder: string, pid: number): DomainError {
  return new DomainError(
    "UNAVAILABLE",
    `process ${pid} holds ${folder} and does not answer; end it (kill ${pid}), or name another folder with WHYGRAPH_DATA`,
  );
}
