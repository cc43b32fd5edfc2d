import { percentile } from "../support/percentile.ts";

const [ENOUGH_MS, FEW, MANY] = [1_500, 3, 200];

export interface Spent {
  /** Median by the clock. */
  readonly ms: number;
  /** Median of this process's CPU time, which others on the machine disturb less. */
  readonly cpuMs: number;
}

/** Measures a piece of work, run after run; the first, which warms it up, does not count where there are more. */
export async function timeRepeats(work: () => unknown, smoke: boolean): Promise<Spent> {
  const [times, cpuTimes]: number[][] = [[], []];
  const begin = performance.now();
  for (let run = 0; run < MANY; run++) {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    await work();
    times.push(performance.now() - start);
    const { user, system } = process.cpuUsage(cpu);
    cpuTimes.push((user + system) / 1000);
    const spent = performance.now() - begin;
    if (smoke || (times.length >= FEW && spent > ENOUGH_MS) || spent > 20 * ENOUGH_MS) break;
  }
  const median = (values: readonly number[]) => percentile(values.length > 1 ? values.slice(1) : values, 0.5);
  return { ms: median(times), cpuMs: median(cpuTimes) };
}
