import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "../../src/kg/database.ts";
import { type EmbeddedServer, startEmbedded } from "../../src/kg/embedded.ts";
import { prepareFilms } from "./edits.ts";

const BASE = "base";
/** The machine stays up, so what Postgres has handed to it is not lost with Postgres. */
const FLAGS = ["-c", "fsync=off"];

/** A Postgres of our own that may be killed, with a database of films to copy for each trial. */
export class Cluster {
  readonly #folder: string;
  #server: EmbeddedServer;
  #copies = 0;

  private constructor(folder: string, server: EmbeddedServer) {
    this.#folder = folder;
    this.#server = server;
  }

  static async start(): Promise<Cluster> {
    const folder = await mkdtemp(join(tmpdir(), "whygraph-chaos-"));
    await chmod(folder, 0o755);
    const cluster = new Cluster(folder, await startEmbedded({ folder, flags: FLAGS }));
    await cluster.#server.createDatabase(BASE);
    const db = await openDatabase(cluster.#server.urlOf(BASE));
    await prepareFilms(db).finally(() => db.close());
    return cluster;
  }

  /** Makes a fresh copy of the films; gives its address. */
  async copyBase(): Promise<string> {
    const name = `trial_${++this.#copies}`;
    await this.#administrate((db) => db.query(`create database ${name} template ${BASE}`));
    return this.#server.urlOf(name);
  }

  async drop(url: string): Promise<void> {
    const name = new URL(url).pathname.slice(1);
    await this.#administrate((db) => db.query(`drop database ${name} with (force)`));
  }

  /** Process id of Postgres. */
  async findPid(): Promise<number> {
    const [{ pid }] = await this.#administrate((db) =>
      db.query<{ pid: number }>("select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)::int as pid"),
    );
    return pid;
  }

  /** Starts Postgres again after it was killed; it replays its log. The port may be another. */
  async recover(url: string): Promise<string> {
    await this.#server.ended;
    await this.#server.stop();
    this.#server = await startEmbedded({ folder: this.#folder, flags: FLAGS });
    return this.#server.urlOf(new URL(url).pathname.slice(1));
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #administrate<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const db = await openDatabase(this.#server.urlOf("postgres"), { migrate: false, poolSize: 1 });
    return work(db).finally(() => db.close());
  }
}
