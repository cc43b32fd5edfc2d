import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../../../src/kg/database.ts";
import { type Measured, measureServers } from "../gateway/measureServers.ts";
import { askGraphql } from "../support/askGraphql.ts";
import { describeMachine } from "../support/machine.ts";
import { profileClock, type Shares, summarizeProfile } from "../support/profile.ts";
import { runCommand } from "../support/runCommand.ts";
import { sendLoad } from "../support/sendLoad.ts";
import { ANEW, type GatewayOptions, type RunningGateway, startGateway } from "../support/startGateway.ts";
import { COUNT_STATEMENTS, makeStatementCounter } from "../support/statementCounter.ts";
import { withThrowawayDatabase } from "../support/throwawayDatabase.ts";
import { findUsers } from "./findUsers.ts";
import { measureStages, type Stages } from "./measureStages.ts";
import { bodyFor } from "./request.ts";

export interface RecommendResult {
  readonly data: string;
  readonly machine: string;
  readonly counts: {
    readonly users: number;
    readonly items: number;
    readonly triples: number;
    readonly interactions: number;
  };
  readonly importSeconds: number;
  readonly trainSeconds: number;
  /** One request at a time. */
  readonly stages: Stages;
  /** Over HTTP and many connections, by what the gateway remembers: all but the first request of each user ask again. */
  readonly loaded: readonly (Measured & { readonly name: string })[];
  readonly connections: number;
  /** Items and evidence paths in the first answer. */
  readonly answer: { readonly items: number; readonly paths: number };
  readonly profile: Shares;
}

/** The gateway as it can be set up; by default answers are kept. */
const SERVERS: readonly (GatewayOptions & { readonly name: string })[] = [
  { name: "each list made anew", env: ANEW },
  { name: "each list made anew, 2 workers", env: ANEW, workers: 2 },
  { name: "users who ask again, lists remembered", env: { WHYGRAPH_ANSWERS_MEGABYTES: "0" } },
  {
    ...{ name: "users who ask again, lists remembered, 2 workers", workers: 2 },
    env: { WHYGRAPH_ANSWERS_MEGABYTES: "0" },
  },
  { name: "users who ask again, answers kept", env: {} },
];

const FULL = {
  ...{ servers: SERVERS, users: 200, rounds: 3, connections: 16 },
  ...{ warmUpSeconds: 3, seconds: 6, httpRounds: 3 },
};
const SETTINGS = { ...COUNT_STATEMENTS, max_connections: "200" }; // seven processes, each with its pools
const SMOKE = {
  ...{ servers: [SERVERS[0], SERVERS[3]], users: 10, rounds: 1, connections: 4 },
  ...{ warmUpSeconds: 0.2, seconds: 0.4, httpRounds: 1 },
};
type Plan = typeof FULL;

/** Imports a folder into a database of its own, trains, serves, and measures recommendations for its users. */
export async function measureDataset(folder: string, name: string, smoke: boolean): Promise<RecommendResult> {
  const scratch = await mkdtemp(join(tmpdir(), "whygraph-recommend-"));
  try {
    return await withThrowawayDatabase(async (database) => {
      const args = ["import", folder, "--rejects", join(scratch, "rejects.tsv")];
      const imported = await runCommand(args, database.url);
      console.error(`training on ${name} …`); // takes minutes on a large dataset
      const started = performance.now();
      await runCommand(["train"], database.url);
      const trainSeconds = (performance.now() - started) / 1000;
      const measured = await measure(database, smoke ? SMOKE : FULL, scratch);
      return { data: name, importSeconds: imported.seconds, trainSeconds, ...measured };
    }, SETTINGS);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

type Measurements = Omit<RecommendResult, "data" | "importSeconds" | "trainSeconds">;

async function measure(database: Database, plan: Plan, scratch: string): Promise<Measurements> {
  await database.query("vacuum analyze");
  const counts = await countRows(database);
  const users = await findUsers(database, plan.users);
  const http = await measureHttp(database, users, plan);
  const profile = await profileServer(database.url, users.map(bodyFor), plan, scratch);
  return { counts, ...http, connections: plan.connections, profile };
}

async function measureHttp(
  database: Database,
  users: readonly string[],
  { servers: set, connections, warmUpSeconds, seconds, rounds, httpRounds }: Plan,
): Promise<Pick<Measurements, "machine" | "stages" | "loaded" | "answer">> {
  const countStatements = await makeStatementCounter(database);
  const [{ server_version }] = await database.query<{ server_version: string }>("show server_version");
  const machine = describeMachine(server_version);
  const servers: RunningGateway[] = [];
  try {
    for (const options of set) servers.push(await startGateway(database.url, options));
    const [server] = servers;
    const { recommendations } = await askGraphql(server.url, bodyFor(users[0]));
    const nodes: { explanation: { evidence: unknown[] } }[] = recommendations.edges.map(
      (edge: { node: unknown }) => edge.node,
    );
    const bodies = users.map(bodyFor);
    const targets = servers.map((one) => ({ ...one, bodies }));
    const plan = { warmUpSeconds, seconds, rounds: httpRounds };
    const stages = await measureStages(database, server.url, { users, rounds });
    const counters = { statements: countStatements, postgresSeconds: () => null };
    const measured = await measureServers(targets, { ...plan, connections }, counters);
    // Of workers the CPU is not read: it is that of the process that starts them.
    const loaded = set.map(({ name, workers }, at) => ({
      ...{ name, ...measured[at] },
      ...(workers ? { cpuMs: null } : {}),
    }));
    const paths = nodes.reduce((sum, { explanation }) => sum + explanation.evidence.length, 0);
    return { machine, stages, loaded, answer: { items: nodes.length, paths } };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** A server of its own, because a profiled one is slower. */
async function profileServer(
  databaseUrl: string,
  bodies: readonly string[],
  { connections, warmUpSeconds, seconds }: Plan,
  scratch: string,
): Promise<Shares> {
  const server = await startGateway(databaseUrl, {
    nodeFlags: ["--cpu-prof", `--cpu-prof-dir=${scratch}`],
    env: ANEW,
  });
  let window: readonly [number, number];
  try {
    await sendLoad(server.url, bodies, { connections, seconds: warmUpSeconds });
    const from = profileClock();
    await sendLoad(server.url, bodies, { connections, seconds });
    window = [from, profileClock()];
  } finally {
    await server.stop();
  }
  return summarizeProfile(scratch, server.pid, window);
}

async function countRows(database: Database): Promise<RecommendResult["counts"]> {
  const [counts] = await database.query<RecommendResult["counts"]>(
    `select (select count(distinct user_key)::int from interaction) as users,
            (select count(*)::int from entity where is_item) as items,
            (select count(*)::int from triple) as triples,
            (select count(*)::int from interaction) as interactions`,
  );
  return counts;
}
