import type { Database } from "../../src/kg/database.ts";
import { compareAnswers } from "./gateway/compareAnswers.ts";
import { fillLibrary } from "./gateway/fillLibrary.ts";
import { type Measured, measureServers, type Plan, type Target } from "./gateway/measureServers.ts";
import { installPeer, type RunningPeer, startPeer } from "./gateway/peer.ts";
import { makeReads, type Read } from "./gateway/reads.ts";
import { SEARCH_FUNCTION } from "./gateway/searchFunction.ts";
import { describeMachine } from "./support/machine.ts";
import type { BenchOptions } from "./support/options.ts";
import { printNumber, printTable } from "./support/printTable.ts";
import { runAsScript } from "./support/runAsScript.ts";
import { type RunningGateway, startGateway } from "./support/startGateway.ts";
import { COUNT_STATEMENTS, makeStatementCounter } from "./support/statementCounter.ts";
import { withThrowawayDatabase } from "./support/throwawayDatabase.ts";

const POOL_SIZE = 10; // the gateway's default
const FULL = { entities: 20_000, compared: 50, connections: 16, warmUpSeconds: 3, seconds: 6, rounds: 4 };
const SMOKE = { entities: 400, compared: 5, connections: 4, warmUpSeconds: 0.2, seconds: 0.3, rounds: 1 };

interface ReadResult {
  readonly read: string;
  readonly ours: Measured;
  /** Null where there is no peer. */
  readonly theirs: Measured | null;
  /** Ours over theirs, requests per second. */
  readonly ratio: number | null;
  /** Ours over theirs, CPU of the server's process per request: steadier where others use the machine too. */
  readonly cpuRatio: number | null;
  /** For how many sets of variables both answers held the same data; all that were compared, or it fails. */
  readonly compared: number;
}
export interface GatewayResult {
  readonly machine: string;
  readonly peer: string;
  readonly entities: number;
  readonly triples: number;
  readonly connections: number;
  readonly reads: readonly ReadResult[];
}

/** Measures three reads over HTTP here against PostGraphile 5, on the same data in the same Postgres. */
export async function run(options: BenchOptions): Promise<GatewayResult> {
  const plan = options.smoke ? SMOKE : FULL;
  const missing = await installPeer({ offline: options.smoke });
  const result = await withThrowawayDatabase(
    (database) => measure(database, plan, missing),
    COUNT_STATEMENTS,
  );
  if (options.json) console.log(JSON.stringify(result));
  else print(result, plan);
  return result;
}

async function measure(
  database: Database,
  plan: Plan & { readonly entities: number; readonly compared: number },
  missing: string | null,
): Promise<GatewayResult> {
  await fillLibrary(database, plan.entities);
  await database.query(SEARCH_FUNCTION);
  const countStatements = await makeStatementCounter(database);
  const [{ server_version }] = await database.query<{ server_version: string }>("show server_version");
  const [{ triples }] = await database.query<{ triples: number }>(
    "select count(*)::int as triples from triple",
  );
  const machine = describeMachine(server_version);
  const ours = await startGateway(database.url);
  let theirs: RunningPeer | null = null;
  try {
    theirs = missing === null ? await startPeer(database.url, POOL_SIZE) : null;
    const reads: ReadResult[] = [];
    for (const read of await makeReads(database)) {
      reads.push(await measureRead(read, { ours, theirs }, plan, countStatements));
    }
    const peer = theirs?.version ?? `no PostGraphile: ${missing}`;
    return { machine, peer, entities: plan.entities, triples, connections: plan.connections, reads };
  } finally {
    await Promise.all([ours.stop(), theirs?.stop()]);
  }
}

async function measureRead(
  read: Read,
  { ours, theirs }: { readonly ours: RunningGateway; readonly theirs: RunningPeer | null },
  plan: Plan & { readonly compared: number },
  countStatements: () => Promise<number>,
): Promise<ReadResult> {
  const bodiesOf = (query: string) => read.variables.map((variables) => JSON.stringify({ query, variables }));
  const targets: Target[] = [{ ...ours, bodies: bodiesOf(read.ours) }];
  let compared = 0;
  if (theirs) {
    compared = await compareAnswers(read, { ours: ours.url, theirs: theirs.url }, plan.compared);
    targets.push({ ...theirs, bodies: bodiesOf(read.theirs) });
  }
  const [mine, other = null] = await measureServers(targets, plan, countStatements);
  const ratio = other ? mine.perSecond / other.perSecond : null;
  const cpuRatio = mine.cpuMs !== null && other?.cpuMs ? mine.cpuMs / other.cpuMs : null;
  return { read: read.name, ours: mine, theirs: other, ratio, cpuRatio, compared };
}

function print({ machine, peer, entities, triples, reads }: GatewayResult, plan: Plan): void {
  console.log(`Gateway over HTTP, default settings, against ${peer}`);
  console.log(
    `${machine}; ${entities} entities, ${triples} triples; ${plan.connections} connections, ` +
      `${plan.rounds} alternating rounds of ${plan.seconds} s; servers, Postgres and client share the cores\n`,
  );
  const rowOf = (name: string, measured: Measured, ratios: readonly (number | null)[]) => [
    name,
    ...[measured.perSecond, measured.p50, measured.p99, measured.statements, measured.cpuMs].map(printNumber),
    ...ratios.map((ratio) => (ratio === null ? "" : `${printNumber(ratio)}×`)),
  ];
  const header = [
    "",
    "requests/s",
    "p50 ms",
    "p99 ms",
    "SQL statements",
    "CPU ms of the server",
    "requests/s, ours/theirs",
    "CPU, ours/theirs",
  ];
  const rows = reads.flatMap(({ read, ours, theirs, ratio, cpuRatio }) => [
    rowOf(`${read}: Whygraph`, ours, [ratio, cpuRatio]),
    ...(theirs ? [rowOf(`${read}: PostGraphile`, theirs, [null, null])] : []),
  ]);
  console.log(printTable(header, rows));
  const compared = reads.reduce((sum, read) => sum + read.compared, 0);
  if (compared > 0) console.log(`\n${compared} answers compared; all hold the same data on both sides.`);
}

await runAsScript(import.meta.url, run);
