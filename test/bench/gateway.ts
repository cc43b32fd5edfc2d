import type { Database } from "../../src/kg/database.ts";
import { compareAnswers } from "./gateway/compareAnswers.ts";
import { fillLibrary } from "./gateway/fillLibrary.ts";
import {
  type Counters,
  type Measured,
  measureServers,
  type Plan,
  type Target,
} from "./gateway/measureServers.ts";
import { measureStaleness, type Staleness } from "./gateway/measureStaleness.ts";
import { installPeer, PEER_NODE, type RunningPeer, startPeer } from "./gateway/peer.ts";
import { makePostgresCpu } from "./gateway/postgresCpu.ts";
import { printGateway } from "./gateway/printGateway.ts";
import { profileServer } from "./gateway/profileServer.ts";
import { makeReads, type Read } from "./gateway/reads.ts";
import { ROWS, type Row } from "./gateway/rows.ts";
import { SEARCH_FUNCTION } from "./gateway/searchFunction.ts";
import { describeMachine } from "./support/machine.ts";
import type { BenchOptions } from "./support/options.ts";
import type { Shares } from "./support/profile.ts";
import { runAsScript } from "./support/runAsScript.ts";
import { type RunningGateway, startGateway } from "./support/startGateway.ts";
import { COUNT_STATEMENTS, makeStatementCounter } from "./support/statementCounter.ts";
import { withThrowawayDatabase } from "./support/throwawayDatabase.ts";

const POOL_SIZE = 10; // the gateway's default
const FULL = {
  ...{ entities: 20_000, compared: 50, edits: 200, connections: 16, warmUpSeconds: 3, seconds: 4, rounds: 4 },
  profiled: [ROWS[0], ROWS[2], ROWS[3]],
};
const SMOKE = {
  ...{ entities: 400, compared: 5, edits: 5, connections: 4, warmUpSeconds: 0.2, seconds: 0.3, rounds: 1 },
  profiled: [ROWS[0]],
};

/** One server's answers to one read. */
interface ServerResult extends Measured {
  readonly name: string;
  /** This over the peer's, requests per second; null where there is no peer. */
  readonly ratio: number | null;
  /** The peer's over this, CPU of server and Postgres per request: steadier where others use the machine too. */
  readonly cpuRatio: number | null;
}
interface ReadResult {
  readonly read: string;
  /** The gateway's rows, in order. */
  readonly ours: readonly ServerResult[];
  readonly theirs: Measured | null;
  /** For how many sets of variables each row's answer held the same data as the peer's, or it fails. */
  readonly compared: number;
}
export interface GatewayResult {
  readonly machine: string;
  readonly peer: string;
  readonly entities: number;
  readonly triples: number;
  readonly connections: number;
  readonly reads: readonly ReadResult[];
  /** Of the row that reads from memory. */
  readonly staleness: Staleness;
  /** Where the main thread is busy in the nested read, by row. */
  readonly profiles: readonly { readonly name: string; readonly shares: Shares }[];
}

/** Measures three reads over HTTP here against PostGraphile 5, on the same data in the same Postgres. */
export async function run(options: BenchOptions): Promise<GatewayResult> {
  const plan = options.smoke ? SMOKE : FULL;
  const missing = await installPeer({ offline: options.smoke });
  const result = await withThrowawayDatabase(
    (database) => measure(database, plan, missing),
    { ...COUNT_STATEMENTS, max_connections: "200" }, // five servers, each with its pools
  );
  if (options.json) console.log(JSON.stringify(result));
  else console.log(printGateway(result, plan));
  return result;
}

async function measure(
  database: Database,
  plan: typeof FULL,
  missing: string | null,
): Promise<GatewayResult> {
  await fillLibrary(database, plan.entities);
  await database.query(SEARCH_FUNCTION);
  const [{ server_version }] = await database.query<{ server_version: string }>("show server_version");
  const [{ triples }] = await database.query<{ triples: number }>(
    "select count(*)::int as triples from triple",
  );
  const machine = describeMachine(server_version);
  const counters = {
    statements: await makeStatementCounter(database),
    postgresSeconds: await makePostgresCpu(database),
  };
  const ours: RunningRow[] = [];
  let theirs: RunningPeer | null = null;
  try {
    const node = missing === null ? PEER_NODE : process.execPath;
    for (const row of ROWS) {
      ours.push({ ...row, ...(await startGateway(database.url, { env: row.env, node })) });
    }
    theirs = missing === null ? await startPeer(database.url, POOL_SIZE) : null;
    const made = await makeReads(database);
    const reads: ReadResult[] = [];
    for (const read of made) reads.push(await measureRead(read, { ours, theirs }, { plan, counters }));
    const bodies = bodiesOf(made[0], "ours");
    const { url } = ours[ours.length - 1];
    const staleness = await measureStaleness(database, url, { ...plan, bodies });
    await Promise.all([...ours, theirs].map((server) => server?.stop()));
    const profiles = [];
    for (const row of plan.profiled) {
      profiles.push({ name: row.name, shares: await profileServer(database.url, row, { ...plan, bodies }) });
    }
    const peer = theirs?.version ?? `no PostGraphile: ${missing}`;
    const { entities, connections } = plan;
    return { machine, peer, entities, triples, connections, reads, staleness, profiles };
  } finally {
    await Promise.all([...ours, theirs].map((server) => server?.stop()));
  }
}

type RunningRow = Row & RunningGateway;

function bodiesOf(read: Read, whose: "ours" | "theirs"): string[] {
  return read.variables.map((variables) => JSON.stringify({ query: read[whose], variables }));
}

async function measureRead(
  read: Read,
  { ours, theirs }: { readonly ours: readonly RunningRow[]; readonly theirs: RunningPeer | null },
  { plan, counters }: { readonly plan: Plan & { readonly compared: number }; readonly counters: Counters },
): Promise<ReadResult> {
  const targets: Target[] = ours.map((row) => ({ ...row, bodies: bodiesOf(read, "ours") }));
  let compared = 0;
  if (theirs) {
    for (const row of ours) {
      compared += await compareAnswers(read, { ours: row.url, theirs: theirs.url }, plan.compared);
    }
    targets.push({ ...theirs, bodies: bodiesOf(read, "theirs") });
  }
  const measured = await measureServers(targets, plan, counters);
  const peer = theirs ? measured[measured.length - 1] : null;
  const rows = ours.map(({ name }, i) => ({
    ...{ name, ...measured[i] },
    ratio: peer && measured[i].perSecond / peer.perSecond,
    cpuRatio: peer && allCpu(peer) / allCpu(measured[i]),
  }));
  return { read: read.name, ours: rows, theirs: peer, compared };
}

/** CPU of server and Postgres per request; not a number where /proc does not say. */
function allCpu({ cpuMs, postgresMs }: Measured): number {
  return (cpuMs ?? Number.NaN) + (postgresMs ?? Number.NaN);
}

await runAsScript(import.meta.url, run);
