import { printNumber, printTable } from "../support/printTable.ts";
import type { RecommendResult } from "./measureDataset.ts";
import type { Stage } from "./measureStages.ts";
import { ITEMS, PATHS } from "./request.ts";

const SHOWN = 10;

/** Prints what was measured on one dataset as text. */
export function printResult(result: RecommendResult): string {
  const { data, machine, counts, importSeconds, trainSeconds, answer } = result;
  const amounts = Object.entries(counts).map(([what, count]) => `${count.toLocaleString("en-US")} ${what}`);
  return [
    `Recommendations on ${data}: ${amounts.join(", ")}`,
    `imported in ${importSeconds.toFixed(1)} s, trained in ${trainSeconds.toFixed(1)} s (as processes of their own)`,
    `${ITEMS} items × ${PATHS} evidence paths with names and sentences; the first answer held ${answer.items} items, ${answer.paths} paths`,
    machine,
    "",
    speeds(result),
    "",
    "Where the time of one request alone goes (medians):",
    "",
    split(result),
    "",
    `Where the server's CPU goes under load (profile of its main thread, by module, the largest ${SHOWN}):`,
    "",
    printTable(
      ["module", "share"],
      result.profile.slice(0, SHOWN).map(({ module, share }) => [module, `${(100 * share).toFixed(1)}%`]),
    ),
    "",
  ].join("\n");
}

function speeds({ stages, loaded, connections }: RecommendResult): string {
  const header = ["", "requests/s", "items/s", "p50 ms", "p99 ms", "SQL statements", "CPU ms of the server"];
  const row = (name: string, perSecond: number, rest: readonly (number | null)[]) => [
    name,
    ...[perSecond, perSecond * ITEMS, ...rest].map(printNumber),
  ];
  const alone = (name: string, { p50, p99 }: Stage) => row(name, 1000 / p50, [p50, p99, null, null]);
  const many = (
    name: string,
    { perSecond, p50, p99, statements, cpuMs }: RecommendResult["loaded"][number],
  ) => row(`over HTTP, ${connections} connections: ${name}`, perSecond, [p50, p99, statements, cpuMs]);
  return printTable(header, [
    alone("one at a time: recommender.recommend in process", stages.recommend),
    alone("one at a time: GraphQL in process", stages.graphql),
    alone("one at a time: over HTTP", stages.http),
    ...loaded.map((one) => many(one.name, one)),
  ]);
}

/** By differences of medians; the stages took turns. */
function split({ stages: { recommend, graphql, http } }: RecommendResult): string {
  const ranking = recommend.p50 - recommend.sql;
  const parts: readonly (readonly [string, number])[] = [
    ["ranking and evidence", ranking],
    ["waiting for SQL: history", recommend.sql],
    ["waiting for SQL: names", graphql.sql - recommend.sql],
    ["GraphQL and sentences", graphql.p50 - graphql.sql - ranking],
    ["HTTP", http.p50 - graphql.p50],
  ];
  return printTable(
    ["", "ms", "share"],
    [...parts, ["all", http.p50] as const].map(([name, ms]) => [
      name,
      ms.toFixed(2),
      `${((100 * ms) / http.p50).toFixed(0)}%`,
    ]),
  );
}
