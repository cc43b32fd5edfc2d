import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../../src/kg/database.ts";
import { importData } from "../../src/kg/import/importData.ts";
import { describeMachine } from "./support/machine.ts";
import type { BenchOptions } from "./support/options.ts";
import { printNumber, printTable } from "./support/printTable.ts";
import { runAsScript } from "./support/runAsScript.ts";
import { withThrowawayDatabase } from "./support/throwawayDatabase.ts";

const RELATIONS = 10;
/** As the gateway's own embedded Postgres has them: commits reach the disk. */
const AS_SERVED = {
  fsync: "on",
  shared_buffers: "128MB",
  maintenance_work_mem: "128MB",
  max_wal_size: "1GB",
} as const;

export interface ImportBenchResult {
  readonly machine: string;
  readonly entities: number;
  readonly triples: number;
  readonly first: { readonly seconds: number; readonly triplesPerSecond: number };
  /** The same folder once more, which changes nothing. */
  readonly again: { readonly seconds: number; readonly triplesPerSecond: number };
  /** Of this process over both imports. */
  readonly peakResidentMB: number;
}

/** Measures the import of a synthetic folder of half a million triples into an empty graph, and once more. */
export async function run(options: BenchOptions): Promise<ImportBenchResult> {
  const entities = options.smoke ? 500 : 50_000;
  const folder = await mkdtemp(join(tmpdir(), "whygraph-import-"));
  try {
    await writeLayout(folder, entities);
    const result = await withThrowawayDatabase((db) => measure(db, folder, entities), AS_SERVED);
    if (options.json) console.log(JSON.stringify(result));
    else print(result);
    return result;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(database: Database, path: string, entities: number): Promise<ImportBenchResult> {
  const [{ server_version }] = await database.query<{ server_version: string }>("show server_version");
  const machine = describeMachine(server_version);
  const options = { path, rejects: join(path, "rejects.log") };
  const first = await importData(database, options);
  const again = await importData(database, options);
  const triples = entities * RELATIONS;
  if (first.inserted.triples !== triples || again.unchanged.triples !== triples) {
    throw new Error(
      `${first.inserted.triples} triples inserted, then ${again.unchanged.triples} unchanged; expected ${triples} of both`,
    );
  }
  const speedOf = ({ seconds, triplesPerSecond }: ImportBenchResult["first"]) => ({
    seconds,
    triplesPerSecond,
  });
  const peakResidentMB = process.resourceUsage().maxRSS / 1000;
  return { machine, entities, triples, first: speedOf(first), again: speedOf(again), peakResidentMB };
}

/** Every entity heads one triple of each relation; tails are skewed towards the first entities. */
async function writeLayout(folder: string, entities: number): Promise<void> {
  await writeRows(join(folder, "entities.tsv"), "entity\tname\ttype\n", entities, (i) => {
    return `entity:${i}\tEntity ${i}\ttype${i % 8}\n`;
  });
  let state = 42;
  await writeRows(join(folder, "triples.tsv"), "head\trelation\ttail\n", entities * RELATIONS, (i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const tail = Math.floor((state / 2 ** 32) ** 3 * entities);
    return `entity:${Math.floor(i / RELATIONS)}\trelation:${i % RELATIONS}\tentity:${tail}\n`;
  });
}

async function writeRows(path: string, header: string, count: number, rowOf: (i: number) => string) {
  const file = createWriteStream(path);
  file.write(header);
  for (let i = 0; i < count; i++) {
    if (!file.write(rowOf(i))) await once(file, "drain");
  }
  file.end();
  await once(file, "finish");
}

function print({ machine, entities, triples, first, again, peakResidentMB }: ImportBenchResult): void {
  console.log(`Import of a folder with ${entities} entities and ${triples} triples, fsync on\n${machine}\n`);
  const row = (name: string, { seconds, triplesPerSecond }: ImportBenchResult["first"]) => [
    name,
    ...[triplesPerSecond, seconds].map(printNumber),
  ];
  const rows = [row("into an empty graph", first), row("once more, nothing changes", again)];
  console.log(printTable(["", "triples/s", "seconds"], rows));
  console.log(`\npeak resident memory of the importing process: ${printNumber(peakResidentMB)} MB`);
}

await runAsScript(import.meta.url, run);
