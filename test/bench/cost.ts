import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { getOperationAST, type OperationDefinitionNode, parse } from "graphql";
import type { Database } from "../../src/kg/database.ts";
import { DEFAULT_CONFIG } from "../../src/ranker/model.ts";
import { buildSchema } from "../../src/schema/buildSchema.ts";
import { globalId } from "../../src/schema/globalId.ts";
import { CostModel } from "../../src/server/cost/CostModel.ts";
import { countCost } from "../../src/server/cost/countCost.ts";
import { makeCpuClock } from "./cost/cpuClock.ts";
import { fitCosts } from "./cost/fitCosts.ts";
import { type CostQuery, makeQueries, type Names } from "./cost/makeQueries.ts";
import { spearman } from "./cost/spearman.ts";
import { findUsers } from "./recommend/findUsers.ts";
import { withFewUsers } from "./recommend/withFewUsers.ts";
import { describeMachine } from "./support/machine.ts";
import type { BenchOptions } from "./support/options.ts";
import { percentile } from "./support/percentile.ts";
import { printNumber, printTable } from "./support/printTable.ts";
import { runAsScript } from "./support/runAsScript.ts";
import { runCommand } from "./support/runCommand.ts";
import { ANEW, startGateway } from "./support/startGateway.ts";
import { withThrowawayDatabase } from "./support/throwawayDatabase.ts";

const DEMO = "demo/films";
const REAL = "../shared/data/mlsmall"; // the demo where it is absent
const FULL = { queries: 300, rounds: 8 };
const SMOKE = { queries: 30, rounds: 1 };
const PAGE = 100;
const WARM_UP = 60;
const SETTLE_MS = 3; // what a process has used is written down when it rests

interface Measured extends CostQuery {
  /** CPU of the server and Postgres, or the time until the answer where there is no such clock; the least of all rounds. */
  readonly milliseconds: number;
  /** Until the answer, the least of all rounds. */
  readonly elapsed: number;
  readonly requested: number;
  readonly actual: number;
}

export interface CostResult {
  readonly data: string;
  readonly machine: string;
  readonly queries: number;
  /** Rank correlation of what was asked for, and of what came, with the time. */
  readonly spearman: { readonly requested: number; readonly actual: number; readonly elapsed: number };
  /** Whether times are of the CPU. */
  readonly cpu: boolean;
  readonly kinds: readonly {
    readonly kind: string;
    readonly milliseconds: number;
    readonly requested: number;
    /** Time over cost: the median, and the span that holds 8 of 10. */
    readonly ratio: readonly [low: number, median: number, high: number];
  }[];
  readonly fitted: ReturnType<typeof fitCosts>;
}

/** Measures how well the cost of a query, which is counted before it runs, follows the time that it takes. */
export async function run(options: BenchOptions): Promise<CostResult> {
  const folder = options.data ?? (existsSync(REAL) && !options.smoke ? REAL : DEMO);
  const plan = options.smoke ? SMOKE : FULL;
  const result = options.smoke
    ? await withFewUsers(folder, (few) => measureFolder(few, basename(folder), plan))
    : await measureFolder(folder, basename(folder), plan);
  if (options.json) console.log(JSON.stringify(result));
  else print(result);
  return result;
}

async function measureFolder(folder: string, data: string, plan: typeof FULL): Promise<CostResult> {
  const scratch = await mkdtemp(join(tmpdir(), "whygraph-cost-"));
  try {
    return await withThrowawayDatabase(async (database) => {
      await runCommand(["import", folder, "--rejects", join(scratch, "rejects.tsv")], database.url);
      await database.query("vacuum analyze");
      // What a ranking costs does not hang on how well it was searched for.
      const config = join(scratch, "config.json");
      await writeFile(config, JSON.stringify(DEFAULT_CONFIG));
      await runCommand(["train", "--config", config], database.url);
      return measure(database, data, plan);
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Measures on a database that is filled and has a model. */
export async function measure(database: Database, data: string, plan: typeof FULL): Promise<CostResult> {
  const queries = makeQueries(await findNames(database), plan.queries);
  const [{ server_version }] = await database.query<{ server_version: string }>("show server_version");
  const server = await startGateway(database.url, {
    env: { ...ANEW, WHYGRAPH_LIMIT_COST: "1000000", WHYGRAPH_LIMIT_MILLISECONDS: "600000" },
  });
  try {
    await timeAll(server.url, queries.slice(0, WARM_UP), { rounds: 1, clock: null }); // connections are open
    const clock = await makeCpuClock(server.pid, database);
    const measured = await timeAll(server.url, queries, { rounds: plan.rounds, clock });
    const times = measured.map(({ milliseconds }) => milliseconds);
    const requested = measured.map((one) => one.requested);
    return {
      cpu: clock !== null,
      ...{ data, machine: describeMachine(server_version), queries: queries.length },
      spearman: {
        requested: spearman(requested, times),
        actual: spearman(
          measured.map(({ actual }) => actual),
          times,
        ),
        elapsed: spearman(
          requested,
          measured.map(({ elapsed }) => elapsed),
        ),
      },
      kinds: compareKinds(measured),
      fitted: await findFitting(queries, times),
    };
  } finally {
    await server.stop();
  }
}

async function timeAll(
  url: string,
  queries: readonly CostQuery[],
  { rounds, clock }: { readonly rounds: number; readonly clock: (() => number) | null },
): Promise<Measured[]> {
  const best = queries.map(() => ({
    milliseconds: Number.POSITIVE_INFINITY,
    elapsed: Number.POSITIVE_INFINITY,
  }));
  const costs = queries.map(() => ({ requested: 0, actual: 0 }));
  for (let round = 0; round <= rounds; round++) {
    for (const [index, { query, variables }] of queries.entries()) {
      const ask = { query, variables, extensions: { cost: round === 0 } };
      const [started, before] = [performance.now(), clock?.() ?? 0];
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(ask),
      });
      const text = await response.text();
      const elapsed = performance.now() - started;
      if (clock) await sleep(SETTLE_MS);
      const milliseconds = clock ? clock() - before : elapsed;
      if (round === 0) costs[index] = readCost(text, query);
      else best[index] = leastOf(best[index], { milliseconds, elapsed });
    }
  }
  return queries.map((query, index) => ({ ...query, ...costs[index], ...best[index] }));
}

type Times = Pick<Measured, "milliseconds" | "elapsed">;

function leastOf(one: Times, other: Times): Times {
  return {
    milliseconds: Math.min(one.milliseconds, other.milliseconds),
    elapsed: Math.min(one.elapsed, other.elapsed),
  };
}

function readCost(text: string, query: string): { requested: number; actual: number } {
  const { errors, extensions } = JSON.parse(text);
  if (errors) throw new Error(`${query}: ${JSON.stringify(errors).slice(0, 500)}`);
  return extensions.cost;
}

async function findFitting(
  queries: readonly CostQuery[],
  times: readonly number[],
): Promise<CostResult["fitted"]> {
  const schema = await buildSchema();
  const parsed = queries.map(({ query, variables }) => {
    const document = parse(query);
    return { document, operation: getOperationAST(document) as OperationDefinitionNode, variables };
  });
  const model = new CostModel(schema, PAGE);
  return fitCosts(schema, () => parsed.map((request) => countCost(model, request)), times);
}

function compareKinds(measured: readonly Measured[]): CostResult["kinds"] {
  const kinds = [...new Set(measured.map(({ kind }) => kind))];
  const medianOf = (values: number[]) =>
    percentile(
      values.sort((a, b) => a - b),
      0.5,
    );
  return kinds.map((kind) => {
    const own = measured.filter((one) => one.kind === kind);
    const ratios = own.map(({ milliseconds, requested }) => milliseconds / requested).sort((a, b) => a - b);
    return {
      kind,
      milliseconds: medianOf(own.map((one) => one.milliseconds)),
      requested: medianOf(own.map((one) => one.requested)),
      ratio: [percentile(ratios, 0.1), percentile(ratios, 0.5), percentile(ratios, 0.9)],
    };
  });
}

async function findNames(database: Database): Promise<Names> {
  const read = async (sql: string) => (await database.query<{ name: string }>(sql)).map(({ name }) => name);
  // Pages are of items, and now and then of what they lead to, which has fewer triples than a page asks for.
  const some = "select * from entity where is_item or md5(key) < '1' order by md5(key || '.') limit 300";
  const entities = `select key as name from (${some}) as page`;
  const ids = await read(`select id::text as name from (${some}) as page`);
  return {
    users: await findUsers(database, 100),
    items: await read("select key as name from entity where is_item order by md5(key) limit 300"),
    entities: await read(entities),
    types: await read(
      "select type as name from entity where is_item group by type order by count(*) desc limit 5",
    ),
    words: await read(
      "select substring(name from '[[:alpha:]]{4,}') as name from entity where is_item and name ~ '[[:alpha:]]{4}' order by md5(key) limit 300",
    ),
    ids: ids.map((id) => globalId("Entity", id)),
  };
}

function print({ cpu, data, machine, queries, spearman: ranks, kinds, fitted }: CostResult): void {
  console.log(
    `Cost, counted before a query runs, and time: ${queries} generated queries on ${data}, over HTTP`,
  );
  console.log(
    `${machine}; one request at a time, the least of ${FULL.rounds}; ms are ${cpu ? "CPU of the server and Postgres" : "until the answer"}\n`,
  );
  const rows = kinds.map(({ kind, milliseconds, requested, ratio }) => [
    kind,
    ...[milliseconds, requested, ...ratio].map(printNumber),
  ]);
  console.log(
    printTable(["", "ms, median", "cost, median", "ms/cost, 1 of 10 below", "median", "1 of 10 above"], rows),
  );
  console.log(
    `\nSpearman's rank correlation with the time: ${ranks.requested.toFixed(3)} of the cost as requested, ` +
      `${ranks.actual.toFixed(3)} of the cost as answered; of the cost as requested with the time until the answer ${ranks.elapsed.toFixed(3)}.`,
  );
  const far = fitted.filter(
    ({ now, fitted: best }) => Math.abs(best - now) > 0.5 * Math.max(now, best) && best + now > 0.01,
  );
  const shown = far.map(({ name, now, fitted: best }) => `${name} ${now} → ${Number(best.toPrecision(2))}`);
  console.log(
    shown.length === 0
      ? "No cost is far from the one that fits best."
      : `Would fit better: ${shown.join(", ")}.`,
  );
}

await runAsScript(import.meta.url, run);
