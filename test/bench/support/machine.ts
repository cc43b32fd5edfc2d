import { availableParallelism, cpus, loadavg, totalmem } from "node:os";

/** Says on what the numbers were measured; `postgres` as `show server_version` gives it. */
export function describeMachine(postgres?: string): string {
  const model = cpus()[0]?.model.trim() || "unknown CPU";
  const memory = Math.round(totalmem() / 2 ** 30);
  const database = postgres ? `, Postgres ${postgres.split(" ")[0]}` : "";
  return (
    `${availableParallelism()} cores (${model}), ${memory} GiB, Node ${process.versions.node}${database}; ` +
    `load average ${loadavg()[0].toFixed(1)} at the start`
  );
}
