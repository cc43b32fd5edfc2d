import type { Database } from "../../../src/kg/database.ts";
import type { Curation, EditResult, Triple } from "../../../src/kg/types.ts";
import { percentile } from "../support/percentile.ts";
import { readCpuSeconds } from "../support/readCpuSeconds.ts";

/** What so many curators at once get done. */
export interface Curators {
  readonly count: number;
  /** Whether each edit has an idempotency key. */
  readonly keyed: boolean;
  readonly changesPerSecond: number;
  /** Of one edit, in ms. */
  readonly p50: number;
  readonly p99: number;
  /** CPU of one edit in ms, which other work on the machine does not stretch; null where nobody tells. */
  readonly cpu: { readonly node: number; readonly postgres: number | null };
  /** Statements of one edit, without begin and commit. */
  readonly statements: { readonly create: number; readonly add: number; readonly update: number };
}

const actor = "bench";
let sequence = 0;

/**
 * Lets so many curators work for some seconds, each one edit after the other: it creates an entity, links it to a
 * genre, and alters that triple, over and over. Every edit is a change of its own that reaches the disk.
 * @throws {Error} at an edit that is refused
 */
export async function measureCurators(
  database: Database,
  curation: Curation,
  { count, keyed, seconds }: Pick<Curators, "count" | "keyed"> & { readonly seconds: number },
): Promise<Curators> {
  const statements = await countStatements(database, curation, keyed);
  const times: number[] = [];
  const [cpu, cpuOfPostgres] = [process.cpuUsage(), await readPostgresCpu(database)];
  const start = performance.now();
  const timed = async <T>(edit: () => Promise<EditResult<T>>): Promise<T> => {
    const begun = performance.now();
    const value = assertWritten(await edit());
    times.push(performance.now() - begun);
    return value;
  };
  const work = async () => {
    while (performance.now() < start + seconds * 1000) {
      const edits = makeEdits(curation, keyed);
      await timed(edits.create);
      const triple = await timed(edits.add);
      await timed(() => edits.update(triple));
    }
  };
  await Promise.all(Array.from({ length: count }, work));
  const changesPerSecond = times.length / ((performance.now() - start) / 1000);
  const { user, system } = process.cpuUsage(cpu);
  const used = await readPostgresCpu(database);
  return {
    ...{
      count,
      keyed,
      changesPerSecond,
      p50: percentile(times, 0.5),
      p99: percentile(times, 0.99),
      statements,
    },
    cpu: {
      node: (user + system) / 1000 / times.length,
      postgres:
        used === null || cpuOfPostgres === null ? null : ((used - cpuOfPostgres) * 1000) / times.length,
    },
  };
}

/** Seconds of CPU that the server's connections have used so far; they stay open from one call to the next. */
async function readPostgresCpu(database: Database): Promise<number | null> {
  const rows = await database.query<{ pid: number }>(
    "select pid from pg_stat_activity where backend_type = 'client backend' and datname = current_database()",
  );
  const seconds = rows.map(({ pid }) => readCpuSeconds(pid));
  return seconds.includes(null) ? null : seconds.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

function makeEdits(curation: Curation, keyed: boolean) {
  const key = `bench:${process.pid}:${sequence++}`;
  const by = (edit: string) => (keyed ? { actor, idempotencyKey: `${key} ${edit}` } : { actor });
  return {
    create: () => curation.createEntity({ key, type: "movie", name: key, isItem: true }, by("create")),
    add: () => curation.addTriple({ head: key, relation: "has_genre", tail: "genre:drama" }, by("add")),
    update: ({ id }: Triple) => curation.updateTriple(id, { confidence: 0.5 }, by("update")),
  };
}

async function countStatements(
  database: Database,
  curation: Curation,
  keyed: boolean,
): Promise<Curators["statements"]> {
  const edits = makeEdits(curation, keyed);
  const counted = async <T>(edit: () => Promise<EditResult<T>>) => {
    const before = database.statements;
    const value = assertWritten(await edit());
    return { value, statements: database.statements - before };
  };
  const create = await counted(edits.create);
  const add = await counted(edits.add);
  const update = await counted(() => edits.update(add.value));
  return { create: create.statements, add: add.statements, update: update.statements };
}

function assertWritten<T>({ value, change, problems }: EditResult<T>): T {
  if (value === null || change === null) throw new Error(problems.map(({ message }) => message).join("\n"));
  return value;
}
