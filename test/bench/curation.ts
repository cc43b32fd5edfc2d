import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCuration } from "../../src/kg/curation/index.ts";
import { type Database, openDatabase } from "../../src/kg/database.ts";
import { DEFAULT_CONFIG } from "../../src/ranker/model.ts"; // every setting is in it: a training searches none
import { type Curators, measureCurators } from "./curation/measureCurators.ts";
import { findUsers } from "./recommend/findUsers.ts";
import { bodyFor } from "./recommend/request.ts";
import { describeMachine } from "./support/machine.ts";
import type { BenchOptions } from "./support/options.ts";
import { percentile } from "./support/percentile.ts";
import { printNumber, printTable } from "./support/printTable.ts";
import { runAsScript } from "./support/runAsScript.ts";
import { runCommand } from "./support/runCommand.ts";
import { type Load, sendLoad } from "./support/sendLoad.ts";
import { ANEW, startGateway } from "./support/startGateway.ts";
import { withThrowawayDatabase } from "./support/throwawayDatabase.ts";

const GOAL = 300; // committed changes per second with 16 curators
const MOST = 16;
const CURATORS = [
  { count: 1, keyed: false },
  { count: MOST, keyed: false },
  { count: MOST, keyed: true },
];
const FULL = { users: 200, connections: 4, seconds: 8, rounds: 3 };
const SMOKE = { users: 10, connections: 2, seconds: 0.5, rounds: 1 };
/** As the gateway's own embedded Postgres has them: commits reach the disk. */
const AS_SERVED = {
  fsync: "on",
  shared_buffers: "128MB",
  max_wal_size: "1GB",
  max_connections: "100",
} as const;

/** Recommendations over HTTP while something else goes on. */
export interface Served {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

export interface CurationResult {
  readonly machine: string;
  /** What Postgres itself can do here: empty changes, one after the other, each of which reaches the disk. */
  readonly emptyChangesPerSecond: number;
  /** Of each number of curators the round with the median of changes, and how many each round had. */
  readonly curators: readonly (Curators & { readonly rounds: readonly number[] })[];
  readonly alone: Served;
  readonly beside: Served & { readonly changesPerSecond: number };
  readonly goal: number;
  readonly withinGoal: boolean;
}

/** Measures committed changes per second, of one curator, of sixteen, and of sixteen with keys; and recommendations beside them. */
export async function run(options: BenchOptions): Promise<CurationResult> {
  const scratch = await mkdtemp(join(tmpdir(), "whygraph-curation-"));
  try {
    const result = await withThrowawayDatabase(async ({ url }) => {
      await runCommand(["import", "demo/films", "--rejects", join(scratch, "rejects.tsv")], url);
      const config = join(scratch, "settings.json");
      await writeFile(config, JSON.stringify(DEFAULT_CONFIG));
      await runCommand(["train", "--config", config], url);
      const database = await openDatabase(url, { poolSize: MOST });
      return measure(database, options.smoke ? SMOKE : FULL).finally(() => database.close());
    }, AS_SERVED);
    if (options.json) console.log(JSON.stringify(result));
    else print(result);
    if (!options.smoke && !result.withinGoal) process.exitCode = 1;
    return result;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function measure(database: Database, plan: typeof FULL): Promise<CurationResult> {
  await database.query("vacuum analyze");
  const [{ server_version }] = await database.query<{ server_version: string }>("show server_version");
  const machine = describeMachine(server_version);
  const emptyChangesPerSecond = await measureEmptyChanges(database, plan.seconds / 2);
  const curation = createCuration(database);
  const curators = await measureInTurn(plan, (row, seconds) =>
    measureCurators(database, curation, { ...row, seconds }),
  );
  const gateway = await startGateway(database.url, { env: ANEW });
  try {
    const bodies = (await findUsers(database, plan.users)).map(bodyFor);
    await sendLoad(gateway.url, bodies, { ...plan, seconds: plan.seconds / 2 }); // warm
    const alone = serve(await sendLoad(gateway.url, bodies, plan));
    const [load, { changesPerSecond }] = await Promise.all([
      sendLoad(gateway.url, bodies, plan),
      measureCurators(database, curation, { count: MOST, keyed: false, seconds: plan.seconds }),
    ]);
    const withinGoal = curators.every(
      ({ count, changesPerSecond }) => count < MOST || changesPerSecond >= GOAL,
    );
    const beside = { ...serve(load), changesPerSecond };
    return { machine, emptyChangesPerSecond, curators, alone, beside, goal: GOAL, withinGoal };
  } finally {
    await gateway.stop();
  }
}

/** Measures each number of curators in turn, round after round: the tables grow, and the machine has other work, for all. */
async function measureInTurn(
  { seconds, rounds }: typeof FULL,
  measureOne: (row: (typeof CURATORS)[number], seconds: number) => Promise<Curators>,
): Promise<CurationResult["curators"]> {
  const measured: Curators[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const row of CURATORS) measured.push(await measureOne(row, seconds / 2));
  }
  return CURATORS.map(({ count, keyed }) => {
    const own = measured.filter((one) => one.count === count && one.keyed === keyed);
    const sorted = own.toSorted((a, b) => a.changesPerSecond - b.changesPerSecond);
    return { ...sorted[sorted.length >> 1], rounds: own.map(({ changesPerSecond }) => changesPerSecond) };
  });
}

async function measureEmptyChanges(database: Database, seconds: number): Promise<number> {
  const start = performance.now();
  let changes = 0;
  for (; performance.now() < start + seconds * 1000; changes++) {
    await database.query("select open_change('empty', 'bench')");
  }
  return changes / ((performance.now() - start) / 1000);
}

function serve({ requests, seconds, times }: Load): Served {
  return { perSecond: requests / seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

function print(result: CurationResult): void {
  const { machine, emptyChangesPerSecond, curators, alone, beside, goal, withinGoal } = result;
  console.log(`${machine}\n`);
  console.log(`Empty changes, one after the other: ${printNumber(emptyChangesPerSecond)}/s.\n`);
  const cpu = ["CPU ms: node", "Postgres"];
  const head = [
    "curators",
    "changes/s",
    "in each round",
    "p50 ms",
    "p99 ms",
    ...cpu,
    "statements: create",
    "add",
    "update",
  ];
  const rows = curators.map(({ count, keyed, changesPerSecond, rounds, p50, p99, cpu, statements }) => [
    `${count}${keyed ? ", each edit with a key" : ""}`,
    printNumber(changesPerSecond),
    rounds.map(printNumber).join(", "),
    ...[p50, p99, cpu.node, cpu.postgres].map(printNumber),
    ...[statements.create, statements.add, statements.update].map(printNumber),
  ]);
  console.log(printTable(head, rows));
  console.log(`\nGoal: ${goal} changes/s with ${MOST}: ${withinGoal ? "reached" : "missed"}.\n`);
  const served = [
    ["alone", ...[alone.perSecond, alone.p50, alone.p99, null].map(printNumber)],
    [
      "beside 16 curators",
      ...[beside.perSecond, beside.p50, beside.p99, beside.changesPerSecond].map(printNumber),
    ],
  ];
  console.log(printTable(["recommendations", "requests/s", "p50 ms", "p99 ms", "changes/s"], served));
}

await runAsScript(import.meta.url, run);
