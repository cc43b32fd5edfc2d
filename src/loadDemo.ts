import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "./config.ts";
import type { Database } from "./kg/database.ts";
import { importData } from "./kg/import/importData.ts";
import type { JSONObject } from "./kg/types.ts";
import { PACKAGE_FOLDER } from "./ownFiles.ts";

const FOLDER = join(PACKAGE_FOLDER, "demo");

/**
 * Imports the demo graph.
 * @returns the settings that a search over them finds for it, so that the first start need not search
 */
export async function loadDemo(
  db: Database,
  { dataFolder }: Pick<Config, "dataFolder">,
  onProgress: (fraction: number, what?: string) => void,
): Promise<JSONObject> {
  const rejects = join(dataFolder, "demo-rejects.tsv");
  const source = { path: join(FOLDER, "films"), rejects, actor: "whygraph", reason: "demo graph" };
  await importData(db, source, (at) =>
    onProgress(at.phase === "done" ? 1 : (0.7 * at.bytes) / Math.max(1, at.totalBytes), at.what),
  );
  return JSON.parse(await readFile(join(FOLDER, "settings.json"), "utf8"));
}
