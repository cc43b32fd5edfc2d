import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "vite";

/** The servers as plain JavaScript, which starts three times as fast as TypeScript that is translated at the start. */
export interface Servers {
  readonly gateway: string;
  readonly peer: string;
  remove(): Promise<void>;
}

/** Builds them beside the packages that they import. */
export async function buildServers(): Promise<Servers> {
  const parent = resolve("node_modules/.cache");
  await mkdir(parent, { recursive: true });
  const outDir = await mkdtemp(join(parent, "whygraph-attack-"));
  await build({
    configFile: false,
    logLevel: "error",
    build: {
      ...{ ssr: true, outDir, target: "node20", minify: false },
      rollupOptions: {
        input: { gateway: "test/attack/gateway.ts", peer: "test/attack/peer.ts" },
        // Packages that may be absent, and are loaded only where they are there.
        external: [/^@tensorflow\//, "webgpu", /^@huggingface\//, /^@opentelemetry\//],
        output: { entryFileNames: "[name].js" },
      },
    },
  });
  return {
    gateway: join(outDir, "gateway.js"),
    peer: join(outDir, "peer.js"),
    remove: () => rm(outDir, { recursive: true, force: true }),
  };
}
