import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface CpuProfile {
  /** Microseconds of the machine's monotonic clock, as `process.hrtime` counts. */
  readonly startTime: number;
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Share of the busy time of a process by module, largest first. */
export type Shares = readonly { readonly module: string; readonly share: number }[];

/** Now, on the clock of a CPU profile. */
export function profileClock(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

/**
 * Sums up, from the .cpuprofile that a process wrote into `folder` (node --cpu-prof), where its main thread spent
 * the time between two moments of `profileClock`. Time is counted where it was spent, not where it was caused.
 */
export function summarizeProfile(folder: string, pid: number, [from, to]: readonly [number, number]): Shares {
  const file = readdirSync(folder).find((name) => name.includes(`.${pid}.0.`));
  if (!file) throw new Error(`no CPU profile of process ${pid} in ${folder}`);
  const profile: CpuProfile = JSON.parse(readFileSync(join(folder, file), "utf8"));
  const moduleOf = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameModule(callFrame)]));
  const spent = new Map<string, number>();
  let at = profile.startTime;
  profile.samples.forEach((id, i) => {
    at += profile.timeDeltas[i];
    const module = moduleOf.get(id);
    if (at < from || at > to || !module) return;
    spent.set(module, (spent.get(module) ?? 0) + profile.timeDeltas[i]);
  });
  const busy = [...spent.values()].reduce((sum, time) => sum + time, 0);
  return [...spent]
    .map(([module, time]) => ({ module, share: time / busy }))
    .sort((a, b) => b.share - a.share);
}

/** A folder of src, a package, or Node itself; null while idle. */
function nameModule({ functionName, url }: CpuProfile["nodes"][number]["callFrame"]): string | null {
  if (functionName === "(idle)") return null;
  if (functionName === "(garbage collector)") return "garbage collection";
  const [, dependency] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  if (dependency) return dependency;
  const [, folder] = /\/src\/((?:kg\/)?[^/]+)/.exec(url) ?? [];
  if (folder) return `src/${folder}`;
  return "Node (HTTP, sockets, system calls)";
}
