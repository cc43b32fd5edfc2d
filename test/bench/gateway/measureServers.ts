import { percentile } from "../support/percentile.ts";
import { readCpuSeconds } from "../support/readCpuSeconds.ts";
import { type Load, sendLoad } from "../support/sendLoad.ts";

/** A server under load. */
export interface Target {
  readonly url: string;
  readonly pid: number;
  readonly bodies: readonly string[];
}

export interface Measured {
  /** Median over the rounds. */
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** SQL statements per request. */
  readonly statements: number;
  /** CPU of the server's process per request, in ms; null where /proc does not say. */
  readonly cpuMs: number | null;
}

export interface Plan {
  readonly connections: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  readonly rounds: number;
}

interface Round extends Load {
  readonly statements: number;
  readonly cpuSeconds: number | null;
}

/**
 * Loads each target in turn, after a warm-up; every second round in the reverse order, so that neither always
 * meets the quieter machine.
 */
export async function measureServers(
  targets: readonly Target[],
  { connections, warmUpSeconds, seconds, rounds }: Plan,
  countStatements: () => Promise<number>,
): Promise<Measured[]> {
  const met: Round[][] = targets.map(() => []);
  for (const { url, bodies } of targets) await sendLoad(url, bodies, { connections, seconds: warmUpSeconds });
  for (let round = 0; round < rounds; round++) {
    const order = targets.map((_, i) => (round % 2 === 0 ? i : targets.length - 1 - i));
    for (const i of order) {
      const { url, pid, bodies } = targets[i];
      const [statements, cpu] = [await countStatements(), readCpuSeconds(pid)];
      const load = await sendLoad(url, bodies, { connections, seconds });
      const cpuAfter = readCpuSeconds(pid);
      met[i].push({
        ...load,
        statements: (await countStatements()) - statements,
        cpuSeconds: cpu === null || cpuAfter === null ? null : cpuAfter - cpu,
      });
    }
  }
  return met.map(summarize);
}

function summarize(rounds: readonly Round[]): Measured {
  const times = rounds.flatMap((round) => round.times);
  const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0);
  const unknown = rounds.some(({ cpuSeconds }) => cpuSeconds === null);
  return {
    perSecond: percentile(
      rounds.map(({ requests, seconds }) => requests / seconds),
      0.5,
    ),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    statements: sum((round) => round.statements) / times.length,
    cpuMs: unknown ? null : (1000 * sum((round) => round.cpuSeconds!)) / times.length,
  };
}
