import { fillLibrary } from "./bench/gateway/fillLibrary.ts";
import { makeReads } from "./bench/gateway/reads.ts";
import { ROWS } from "./bench/gateway/rows.ts";
import { SEARCH_FUNCTION } from "./bench/gateway/searchFunction.ts";
import { startPeer, installPeer } from "./bench/gateway/peer.ts";
import { sendLoad } from "./bench/support/sendLoad.ts";
import { startProcess } from "./bench/support/startProcess.ts";
import { readCpuSeconds } from "./bench/support/readCpuSeconds.ts";
import { withThrowawayDatabase } from "./bench/support/throwawayDatabase.ts";
const rows = (process.env.ROWS ?? "2,3").split(",").map((i) => ROWS[Number(i)]);
const NODES: Record<string,string> = { n20: process.execPath, n24: "test/bench/peer/node_modules/.bin/node" };
const nodes = (process.env.NODES ?? "n20,n24").split(",");
const which = (process.env.READS ?? "0,1").split(",").map(Number);
const SEC = Number(process.env.SEC ?? 4), ROUNDS = Number(process.env.ROUNDS ?? 2);
await withThrowawayDatabase(async (database) => {
  await fillLibrary(database, 20000);
  await database.query(SEARCH_FUNCTION);
  const reads = await makeReads(database);
  const servers: any[] = [];
  for (const n of nodes) for (const row of rows) {
    const s = await startProcess({ command: NODES[n], args: [...(process.env.PROF ? ["--cpu-prof", "--cpu-prof-dir=/tmp/cpuprof"] : []), ...(process.env.FLAGS?.split(" ") ?? []), "dist/src/cli.js", "serve"], env: { DATABASE_URL: database.url, PORT: "0", NODE_ENV: "production", WHYGRAPH_READING: "open", WHYGRAPH_BUDGET: "off", WHYGRAPH_BUDGET_ANONYMOUS: "off", ...row.env }, ready: /Whygraph serves (http:\S+\/graphql)/ });
    servers.push({ name: `${n} ${row.name}`, whose: "ours", url: s.found, ...s });
  }
  if (process.env.PEER) { await installPeer({ offline: true }); servers.push({ name: "peer", whose: "theirs", ...(await startPeer(database.url, 10)) }); }
  try {
    for (const i of which) {
      const read = reads[i];
      const bodies = (w: string) => read.variables.map((variables) => JSON.stringify({ query: (read as any)[w], variables }));
      for (const s of servers) await sendLoad(s.url, bodies(s.whose), { connections: 16, seconds: 2 });
      const met = servers.map(() => ({ n: 0, s: 0, cpu: 0, t: [] as number[] }));
      for (let r = 0; r < ROUNDS; r++) for (const [k, s] of servers.entries()) {
        const b = readCpuSeconds(s.pid)!;
        const l = await sendLoad(s.url, bodies(s.whose), { connections: 16, seconds: SEC });
        met[k].cpu += readCpuSeconds(s.pid)! - b; met[k].n += l.requests; met[k].s += l.seconds; met[k].t.push(...l.times);
      }
      for (const [k, s] of servers.entries()) { const t = met[k].t.sort((a, b) => a - b); console.log(read.name.slice(0, 12), s.name.padEnd(36), (met[k].n / met[k].s).toFixed(0), "rps", (met[k].cpu / met[k].n * 1000).toFixed(3), "ms cpu  p50", t[t.length >> 1].toFixed(2), "p99", t[Math.floor(t.length * .99)].toFixed(2)); }
    }
  } finally { await Promise.all(servers.map((s) => s.stop())); }
});
