import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createKey } from "../../src/keys.ts";
import type { Database } from "../../src/kg/database.ts";
import { DEFAULT_CONFIG } from "../../src/ranker/model.ts"; // every setting is in it: a training searches none
import { findUsers } from "./recommend/findUsers.ts";
import { bodyFor, ITEMS, PATHS } from "./recommend/request.ts";
import { withFewUsers } from "./recommend/withFewUsers.ts";
import { askGraphql } from "./support/askGraphql.ts";
import { describeMachine } from "./support/machine.ts";
import type { BenchOptions } from "./support/options.ts";
import { percentile } from "./support/percentile.ts";
import { printNumber, printTable } from "./support/printTable.ts";
import { runAsScript } from "./support/runAsScript.ts";
import { runCommand } from "./support/runCommand.ts";
import { sendLoad } from "./support/sendLoad.ts";
import { ANEW, startGateway } from "./support/startGateway.ts";
import { withThrowawayDatabase } from "./support/throwawayDatabase.ts";
import { keepTraining } from "./training/keepTraining.ts";
import { probeHealth } from "./training/probeHealth.ts";

const DEMO = "demo/films";
const REAL = "../shared/data/goodbooks"; // used where it is there: its training takes minutes
const TARGET_MS = 50; // p99 of /health/live while a training runs
const FULL = { users: 200, connections: 4, warmUpSeconds: 3, seconds: 8, rounds: 2 };
const SMOKE = { users: 10, connections: 2, warmUpSeconds: 0.2, seconds: 0.5, rounds: 1 };
type Plan = typeof FULL;

/** What a gateway does in one state: recommendations under load, and /health/live with and without that load. */
export interface Served {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly healthP50: number;
  readonly healthP99: number;
  readonly idleHealthP99: number;
}

export interface TrainingResult {
  readonly data: string;
  readonly machine: string;
  readonly connections: number;
  readonly without: Served;
  readonly beside: Served;
  /** Trainings that ran meanwhile, the last one cancelled. */
  readonly jobs: number;
  readonly targetMs: number;
  readonly withinTarget: boolean;
}

/** Measures what a gateway serves while a training runs beside it, against the same without. */
export async function run(options: BenchOptions): Promise<TrainingResult> {
  const folder = options.data ?? (existsSync(REAL) && !options.smoke ? REAL : DEMO);
  const result = options.smoke
    ? await withFewUsers(folder, (few) => measureFolder(few, basename(folder), SMOKE))
    : await measureFolder(folder, basename(folder), FULL);
  if (options.json) console.log(JSON.stringify(result));
  else print(result);
  if (!options.smoke && !result.withinTarget) process.exitCode = 1;
  return result;
}

async function measureFolder(folder: string, data: string, plan: Plan): Promise<TrainingResult> {
  const scratch = await mkdtemp(join(tmpdir(), "whygraph-training-"));
  try {
    return await withThrowawayDatabase(async (database) => {
      await runCommand(["import", folder, "--rejects", join(scratch, "rejects.tsv")], database.url);
      const config = join(scratch, "settings.json");
      await writeFile(config, JSON.stringify(DEFAULT_CONFIG));
      await runCommand(["train", "--config", config], database.url);
      await database.query("vacuum analyze");
      return { data, ...(await measure(database, plan)) };
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function measure(database: Database, plan: Plan): Promise<Omit<TrainingResult, "data">> {
  const [{ server_version }] = await database.query<{ server_version: string }>("show server_version");
  const machine = describeMachine(server_version);
  const bodies = (await findUsers(database, plan.users)).map(bodyFor);
  const { key } = await createKey(database, "bench", "ADMIN");
  const server = await startGateway(database.url, { env: ANEW });
  try {
    await sendLoad(server.url, bodies, { connections: plan.connections, seconds: plan.warmUpSeconds });
    const ask = (query: string, variables: object = {}) =>
      askGraphql(server.url, JSON.stringify({ query, variables }), key);
    const rounds: { without: Served; beside: Served; jobs: number }[] = [];
    for (let round = 0; round < plan.rounds; round++) {
      const without = await serve(server.url, bodies, plan);
      const { jobs, result } = await keepTraining(ask, () => serve(server.url, bodies, plan));
      rounds.push({ without, beside: result, jobs });
    }
    const beside = worst(rounds.map((one) => one.beside));
    return {
      ...{ machine, beside, connections: plan.connections, targetMs: TARGET_MS },
      without: worst(rounds.map((one) => one.without)),
      jobs: rounds.reduce((sum, one) => sum + one.jobs, 0),
      withinTarget: Math.max(beside.healthP99, beside.idleHealthP99) <= TARGET_MS,
    };
  } finally {
    await server.stop();
  }
}

async function serve(
  url: string,
  bodies: readonly string[],
  { connections, seconds }: Plan,
): Promise<Served> {
  const idle = await probeHealth(url, () => sleep(seconds * 1000));
  const loaded = await probeHealth(url, () => sendLoad(url, bodies, { connections, seconds }));
  const { requests, seconds: took, times } = loaded.result;
  return {
    perSecond: requests / took,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    healthP50: percentile(loaded.times, 0.5),
    healthP99: percentile(loaded.times, 0.99),
    idleHealthP99: percentile(idle.times, 0.99),
  };
}

/** The least favourable of each figure over the rounds. */
function worst(rounds: readonly Served[]): Served {
  const most = (name: keyof Served) => Math.max(...rounds.map((round) => round[name]));
  return {
    perSecond: Math.min(...rounds.map(({ perSecond }) => perSecond)),
    ...{ p50: most("p50"), p99: most("p99"), healthP50: most("healthP50") },
    ...{ healthP99: most("healthP99"), idleHealthP99: most("idleHealthP99") },
  };
}

function print({ data, machine, connections, without, beside, jobs, withinTarget }: TrainingResult): void {
  console.log(`Serving while a training runs, on ${data}: ${ITEMS} items × ${PATHS} paths per request`);
  console.log(`${machine}; ${connections} connections; the worse of the rounds; ${jobs} trainings\n`);
  const row = (name: string, { perSecond, p50, p99, healthP50, healthP99, idleHealthP99 }: Served) => [
    name,
    ...[perSecond, p50, p99, healthP50, healthP99, idleHealthP99].map(printNumber),
  ];
  const header = [
    ...["", "requests/s", "p50 ms", "p99 ms"],
    ...["/health/live p50 ms", "p99 ms", "p99 ms without load"],
  ];
  console.log(printTable(header, [row("without a training", without), row("beside a training", beside)]));
  console.log(`\n/health/live p99 beside a training ≤ ${TARGET_MS} ms: ${withinTarget ? "yes" : "no"}`);
}

await runAsScript(import.meta.url, run);
