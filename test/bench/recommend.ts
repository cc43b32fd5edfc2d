import { existsSync } from "node:fs";
import { basename } from "node:path";
import { measureDataset, type RecommendResult } from "./recommend/measureDataset.ts";
import { printResult } from "./recommend/printResult.ts";
import { withFewUsers } from "./recommend/withFewUsers.ts";
import type { BenchOptions } from "./support/options.ts";
import { runAsScript } from "./support/runAsScript.ts";

const DEMO = "demo/films";
const REAL = "../shared/data/goodbooks"; // left out where it is absent

/** Measures recommendations with their evidence per second, and where the time goes, on the demo graph and on real data. */
export async function run(options: BenchOptions): Promise<RecommendResult[]> {
  const results: RecommendResult[] = [];
  for (const folder of chooseFolders(options)) {
    const result = options.smoke
      ? await withFewUsers(folder, (few) => measureDataset(few, basename(folder), true))
      : await measureDataset(folder, basename(folder), false);
    results.push(result);
    if (!options.json) console.log(printResult(result));
  }
  if (options.json) console.log(JSON.stringify(results));
  return results;
}

function chooseFolders({ data, smoke }: BenchOptions): string[] {
  if (data) return [data];
  return [DEMO, ...(existsSync(REAL) && !smoke ? [REAL] : [])];
}

await runAsScript(import.meta.url, run);
