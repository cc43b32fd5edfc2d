import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createKey } from "../../src/keys.ts";
import { type Database, openDatabase } from "../../src/kg/database.ts";
import { runCommand } from "../bench/support/runCommand.ts";
import { type RunningProcess, startProcess } from "../bench/support/startProcess.ts";
import { buildServers, type Servers } from "./buildServers.ts";
import { forgeTokens, type Issuer } from "./forgeTokens.ts";
import type { Target, TargetName } from "./types.ts";

const HEAP_MB = 400;

/** A target, and the process that it is. */
export interface Started {
  readonly target: Target;
  /** Which address tells that it is alive, and with which headers. */
  readonly health: readonly [url: string, headers: Readonly<Record<string, string>>];
  stop(): Promise<void>;
}

/** The data and the keys that all targets share. */
export interface Field {
  start(name: TargetName): Promise<Started>;
  close(): Promise<void>;
}

/** Loads a graph for the targets into a migrated database, with two keys and an issuer of tokens. */
export async function openField(db: Database, folder: string): Promise<Field> {
  const scratch = await mkdtemp(join(tmpdir(), "whygraph-attack-"));
  await runCommand(["import", folder, "--rejects", join(scratch, "rejects.tsv")], db.url);
  const keys = {
    viewer: (await createKey(db, "vera", "VIEWER")).key,
    admin: (await createKey(db, "adam", "ADMIN")).key,
  };
  const issuer = await forgeTokens();
  const keySet = join(scratch, "keys.json");
  await writeFile(keySet, JSON.stringify(issuer.keySet));
  const env = environmentOf(db.url, keySet, issuer);
  const servers = await buildServers();
  const admin = await openDatabase(db.url, { migrate: false, poolSize: 1 });
  const sql: Target["sql"] = (text, parameters) => admin.query(text, parameters);
  return {
    async start(name) {
      const running = await startServer(name, servers, env);
      const origin = new URL(running.found).origin;
      const target = {
        ...{ name, keys, sql, origin, url: running.found, tokens: issuer.tokens, databaseUrl: db.url },
        ended: () => !isAlive(running.pid),
      };
      return { target, health: healthOf(name, origin), stop: running.stop };
    },
    async close() {
      await admin.close();
      await servers.remove();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

function environmentOf(databaseUrl: string, keySet: string, issuer: Issuer): Record<string, string> {
  return {
    ...{ DATABASE_URL: databaseUrl, PORT: "0", NODE_ENV: "production", WHYGRAPH_READING: "open" },
    ...{ WHYGRAPH_JWT_KEYS: keySet, WHYGRAPH_JWT_ISSUER: issuer.issuer },
    ...{ WHYGRAPH_JWT_AUDIENCE: issuer.audience, WHYGRAPH_BACKEND: "cpu" },
  };
}

/** As users start it; the heap is bounded, so that a server that asks for ever more dies alone. */
function startServer(
  name: TargetName,
  servers: Servers,
  env: Readonly<Record<string, string>>,
): Promise<RunningProcess> {
  const script = name === "whygraph" ? [servers.gateway] : [servers.peer, name];
  return startProcess({
    command: process.execPath,
    args: [`--max-old-space-size=${HEAP_MB}`, ...script],
    env,
    ready: /serves (http:\S+\/graphql)/,
  });
}

function healthOf(name: TargetName, origin: string): Started["health"] {
  if (name === "whygraph") return [`${origin}/health/live`, {}];
  return [`${origin}/graphql?query=%7B__typename%7D`, { "apollo-require-preflight": "1" }]; // what Apollo advises
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
