import type { GatewayResult } from "../gateway.ts";
import { printNumber, printTable } from "../support/printTable.ts";
import type { Measured, Plan } from "./measureServers.ts";
import { ROWS } from "./rows.ts";

const MODULES = 10;

/** Prints what was measured, as tables. */
export function printGateway(result: GatewayResult, plan: Plan): string {
  const { machine, peer, entities, triples, staleness, profiles } = result;
  const compared = result.reads.reduce((sum, read) => sum + read.compared, 0);
  const { edits, p50, p99, worst } = staleness;
  const times = [p50, p99, worst].map((time) => time.toFixed(1));
  return [
    `Gateway over HTTP, one process, against ${peer}, and on the same Node`,
    `${machine}; ${entities} entities, ${triples} triples; ${plan.connections} connections, ` +
      `${plan.rounds} alternating rounds of ${plan.seconds} s; servers, Postgres and client share the cores\n`,
    printReads(result),
    "",
    ...ROWS.map(({ name, freshness }) => `${name}: ${freshness}`),
    "PostGraphile: as Postgres, each request for itself",
    ...(compared > 0 ? [`\n${compared} answers compared; all hold the same data on both sides.`] : []),
    `\nStaleness of ${ROWS[ROWS.length - 1].name}, under the load of the nested read: from the commit of another ` +
      `process's edit until no answer is older, ${edits} edits: median ${times[0]} ms, p99 ${times[1]} ms, worst ${times[2]} ms`,
    "\nWhere the main thread is busy in the nested read (profile by module):\n",
    printProfiles(profiles),
  ].join("\n");
}

function printReads({ reads }: GatewayResult): string {
  const rowOf = (name: string, measured: Measured, ratios: readonly (number | null)[]) => [
    name,
    ...[measured.perSecond, measured.p50, measured.p99, measured.statements].map(printNumber),
    ...[measured.cpuMs, measured.postgresMs].map(printNumber),
    ...ratios.map((ratio) => (ratio === null ? "" : `${printNumber(ratio)}×`)),
  ];
  const header = [
    ...["", "requests/s", "p50 ms", "p99 ms", "SQL statements", "CPU ms of the server", "CPU ms of Postgres"],
    ...["requests/s, ours/theirs", "all CPU, theirs/ours"],
  ];
  const rows = reads.flatMap(({ read, ours, theirs }) => [
    ...ours.map((row) => rowOf(`${read}: ${row.name}`, row, [row.ratio, row.cpuRatio])),
    ...(theirs ? [rowOf(`${read}: PostGraphile`, theirs, [null, null])] : []),
  ]);
  return printTable(header, rows);
}

function printProfiles(profiles: GatewayResult["profiles"]): string {
  const modules = [
    ...new Set(profiles.flatMap(({ shares }) => shares.slice(0, MODULES).map(({ module }) => module))),
  ];
  const rows = modules.map((module) => [
    module,
    ...profiles.map(({ shares }) => {
      const share = shares.find((one) => one.module === module)?.share ?? 0;
      return `${(100 * share).toFixed(1)}%`;
    }),
  ]);
  return printTable(["", ...profiles.map(({ name }) => name)], rows);
}
