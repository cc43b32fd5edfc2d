import type { Database } from "../../src/kg/database.ts";
import { loadSnapshot } from "../../src/kg/snapshot/loadSnapshot.ts";
import type { Snapshot } from "../../src/kg/snapshot/Snapshot.ts";
import type { ChangeRow } from "../../src/kg/types.ts";
import { collectGarbage } from "./support/collectGarbage.ts";
import { fillGraph } from "./support/fillGraph.ts";
import type { BenchOptions } from "./support/options.ts";
import { percentile } from "./support/percentile.ts";
import { runAsScript } from "./support/runAsScript.ts";
import { withThrowawayDatabase } from "./support/throwawayDatabase.ts";

const TARGET_MB = 40; // per million triples

export interface SnapshotResult {
  readonly triples: number;
  readonly entities: number;
  readonly loadSeconds: number;
  /** Megabytes (10^6) per million triples. */
  readonly arraysMB: number;
  readonly heapAndArraysMB: number;
  readonly residentMB: number;
  readonly targetMB: number;
  readonly withinTarget: boolean;
  /** Highest resident memory of the process, megabytes in all. */
  readonly peakResidentMB: number;
  readonly applyOneMs: { readonly p50: number; readonly p99: number };
  /** What names, keys and all else of the entities add, where they are kept too. */
  readonly dictionary: {
    readonly loadSeconds: number;
    /** Megabytes (10^6) per million entities. */
    readonly heapMB: number;
  };
}

/** Measures how long the snapshot takes to load and what memory it holds, at 5 million triples. */
export async function run(options: BenchOptions): Promise<SnapshotResult> {
  const triples = options.smoke ? 20_000 : 5_000_000;
  const result = await withThrowawayDatabase(async (database) => {
    await fillGraph(database, triples);
    return measure(database);
  });
  if (options.json) console.log(JSON.stringify(result));
  else print(result);
  if (!options.smoke && !result.withinTarget) process.exitCode = 1;
  return result;
}

async function measure(database: Database): Promise<SnapshotResult> {
  await database.query("select 1"); // the pool's connection is not the snapshot's memory
  await collectGarbage();
  const before = process.memoryUsage();
  const start = performance.now();
  const snapshot = await loadSnapshot(database);
  const loadSeconds = (performance.now() - start) / 1000;
  await collectGarbage();
  const after = process.memoryUsage();
  const perMillion = (bytes: number) => round(bytes / snapshot.tripleCount);
  const residentMB = perMillion(after.rss - before.rss);
  const heapAndArraysMB = perMillion(
    after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers,
  );
  return {
    triples: snapshot.tripleCount,
    entities: snapshot.size,
    loadSeconds: round(loadSeconds),
    arraysMB: perMillion(snapshot.bytes),
    heapAndArraysMB,
    residentMB,
    targetMB: TARGET_MB,
    withinTarget: Math.max(residentMB, heapAndArraysMB) <= TARGET_MB,
    peakResidentMB: round(process.resourceUsage().maxRSS / 1000),
    applyOneMs: measureApply(snapshot),
    dictionary: await measureDictionary(database, loadSeconds),
  };
}

/** Loads a second snapshot, with a dictionary, beside the first. */
async function measureDictionary(
  database: Database,
  loadSeconds: number,
): Promise<SnapshotResult["dictionary"]> {
  await collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const start = performance.now();
  const snapshot = await loadSnapshot(database, { dictionary: Number.POSITIVE_INFINITY });
  const seconds = (performance.now() - start) / 1000;
  await collectGarbage();
  const heapMB = round((process.memoryUsage().heapUsed - before) / snapshot.dictionary!.size);
  return { loadSeconds: round(seconds - loadSeconds), heapMB };
}

/** One new triple per change, as the feed applies them; every hundredth ends in the largest hub. */
function measureApply(snapshot: Snapshot): SnapshotResult["applyOneMs"] {
  const times: number[] = [];
  for (let i = 1; i <= 5_000; i++) {
    const [head_id, tail_id] = [
      snapshot.idOf(i % snapshot.size),
      i % 100 === 0 ? "1" : snapshot.idOf((i * 3) % snapshot.size),
    ];
    const after = {
      head_id: Number(head_id),
      tail_id: Number(tail_id),
      relation_id: 1,
      confidence: 1,
      rank: "NORMAL",
    };
    const row: ChangeRow = { subject: "triple", subjectId: String(1_000_000_000 + i), before: null, after };
    const start = performance.now();
    snapshot.apply([row], String(i));
    times.push(performance.now() - start);
  }
  return { p50: round(percentile(times, 0.5)), p99: round(percentile(times, 0.99)) };
}

function print(result: SnapshotResult): void {
  console.log(`Snapshot of ${result.triples} triples, ${result.entities} entities, loaded from Postgres`);
  console.table({
    "load, seconds": result.loadSeconds,
    "typed arrays, MB per million triples": result.arraysMB,
    "heap + array buffers, MB per million triples": result.heapAndArraysMB,
    "resident memory, MB per million triples": result.residentMB,
    "target, MB per million triples": `≤ ${result.targetMB}: ${result.withinTarget ? "met" : "missed"}`,
    "peak resident memory while loading, MB in all": result.peakResidentMB,
    "apply one change, ms p50": result.applyOneMs.p50,
    "apply one change, ms p99": result.applyOneMs.p99,
    "dictionary of entities, further seconds to load": result.dictionary.loadSeconds,
    "dictionary of entities, MB per million entities": result.dictionary.heapMB,
  });
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

await runAsScript(import.meta.url, run);
