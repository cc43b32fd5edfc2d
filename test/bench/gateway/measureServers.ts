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
  /** CPU of Postgres per request, in ms. */
  readonly postgresMs: number | null;
}

/** What is read before and after each round. */
export interface Counters {
  statements(): Promise<number>;
  postgresSeconds(): number | null;
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
  readonly postgresSeconds: number | null;
}

/**
 * Loads each target in turn, after a warm-up; every second round in the reverse order, so that neither always
 * meets the quieter machine.
 */
export async function measureServers(
  targets: readonly Target[],
  { connections, warmUpSeconds, seconds, rounds }: Plan,
  counters: Counters,
): Promise<Measured[]> {
  const met: Round[][] = targets.map(() => []);
  for (const { url, bodies } of targets) await sendLoad(url, bodies, { connections, seconds: warmUpSeconds });
  for (let round = 0; round < rounds; round++) {
    const order = targets.map((_, i) => (round % 2 === 0 ? i : targets.length - 1 - i));
    for (const i of order) {
      const { url, pid, bodies } = targets[i];
      const statements = await counters.statements();
      const before = [readCpuSeconds(pid), counters.postgresSeconds()];
      const load = await sendLoad(url, bodies, { connections, seconds });
      const after = [readCpuSeconds(pid), counters.postgresSeconds()];
      const [cpuSeconds, postgresSeconds] = before.map((value, n) => minus(after[n], value));
      met[i].push({
        ...load,
        statements: (await counters.statements()) - statements,
        ...{ cpuSeconds, postgresSeconds },
      });
    }
  }
  return met.map(summarize);
}

function minus(after: number | null, before: number | null): number | null {
  return after === null || before === null ? null : after - before;
}

function summarize(rounds: readonly Round[]): Measured {
  const times = rounds.flatMap((round) => round.times);
  const sum = (of: (round: Round) => number) => rounds.reduce((total, round) => total + of(round), 0);
  const perRequest = (of: (round: Round) => number | null) =>
    rounds.some((round) => of(round) === null) ? null : (1000 * sum((round) => of(round)!)) / times.length;
  return {
    perSecond: percentile(
      rounds.map(({ requests, seconds }) => requests / seconds),
      0.5,
    ),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    statements: sum((round) => round.statements) / times.length,
    cpuMs: perRequest((round) => round.cpuSeconds),
    postgresMs: perRequest((round) => round.postgresSeconds),
  };
}
