import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { openDatabase } from "../../src/kg/database.ts";
import { startEmbedded } from "../../src/kg/embedded.ts";

const TSC = "node_modules/typescript/bin/tsc";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the test server, without a database name. */
    postgres: string;
  }
}

/** One real Postgres for the whole run, with a migrated template that each test file clones; and the program, built. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const built = promisify(execFile)(process.execPath, [TSC, "-p", "tsconfig.build.json"]);
  const folder = await mkdtemp(join(tmpdir(), "whygraph-test-"));
  await chmod(folder, 0o755);
  const server = await startEmbedded({
    folder,
    port: await freePort(),
    flags: ["-c", "fsync=off", "-c", "max_connections=200"],
  });
  await server.createDatabase("template_whygraph");
  await (await openDatabase(server.urlOf("template_whygraph"))).close();
  await built;
  project.provide("postgres", server.urlOf("").replace(/\/$/, ""));
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
