import pg from "pg";
import type { PostgresDriver } from "typeorm/driver/postgres/PostgresDriver.js";
import { Canceller, runCancellable } from "./cancel.ts";
import { openDataSource } from "./dataSource.ts";
import { openPlannedPool } from "./openPlannedPool.ts";
import { PreparedNames } from "./PreparedNames.ts";
import type { Queryable, QueryOptions } from "./types.ts";

/** How many connections there are, how many of them nobody uses, and how many users wait for one. */
export interface PoolState {
  readonly size: number;
  readonly idle: number;
  readonly waiting: number;
}

/** Runs a statement, and may watch it. */
export type WatchStatement = <T>(statement: string, run: () => Promise<T>) => Promise<T>;

export interface TransactionOptions {
  /** Parses statements that come again and again once per connection: for short transactions of a few well-known ones. */
  readonly prepared?: boolean;
  /** Plans them once, too, whatever their parameters; and those of triggers: for transactions that go by indexes. */
  readonly planned?: boolean;
}

/** The connection to Postgres: statements, transactions, and a client of one's own for COPY and LISTEN. */
export interface Database extends Queryable {
  readonly url: string;
  /** Runs `work` in one transaction; a throw rolls all of it back. */
  transaction<T>(work: (db: Queryable) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Lends one client of the pool to `work`, for COPY streams and cursors. */
  withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  /** A connection outside the pool, for LISTEN; the caller ends it. */
  connect(): Promise<pg.Client>;
  /** Statements sent through `query` and `transaction` since the start; tests count them. */
  readonly statements: number;
  /** The connections that are lent to statements and transactions. */
  readonly connections: PoolState;
  /** Ends all connections; once is enough, more do no harm. */
  close(): Promise<void>;
}

class PooledDatabase implements Database {
  statements = 0;
  private readonly prepared = new PreparedNames();
  private readonly canceller = new Canceller(() => this.connect());
  private closing: Promise<void> | null = null;

  constructor(
    readonly url: string,
    private readonly pool: pg.Pool,
    /** For prepared statements outside transactions. */
    private readonly planned: pg.Pool,
    private readonly options: { readonly end: () => Promise<void>; readonly watch?: WatchStatement },
  ) {}

  get connections(): PoolState {
    const both = [this.pool, this.planned];
    const sum = (count: (pool: pg.Pool) => number) => both.reduce((total, pool) => total + count(pool), 0);
    return {
      size: sum(({ totalCount }) => totalCount),
      idle: sum(({ idleCount }) => idleCount),
      waiting: sum(({ waitingCount }) => waitingCount),
    };
  }

  query<T>(text: string, parameters: readonly unknown[] = [], options: QueryOptions = {}): Promise<T[]> {
    return this.watched(text, () => this.ask<T>(text, parameters, options));
  }

  private watched<T>(text: string, run: () => Promise<T>): Promise<T> {
    const { watch } = this.options;
    return watch ? watch(text, run) : run();
  }

  private async ask<T>(
    text: string,
    parameters: readonly unknown[],
    { prepared = false, signal }: QueryOptions,
  ): Promise<T[]> {
    signal?.throwIfAborted();
    this.statements++;
    const name = prepared ? this.prepared.nameOf(text) : undefined;
    const pool = prepared ? this.planned : this.pool;
    if (signal) {
      const run = { signal, cancel: this.canceller.cancel };
      return lend(pool, async (client) => {
        const asked = () => client.query({ name, text, values: parameters as unknown[] });
        return (await runCancellable(client, asked, run)).rows as T[];
      });
    }
    return (await pool.query({ name, text, values: parameters as unknown[] })).rows as T[];
  }

  async transaction<T>(
    work: (db: Queryable) => Promise<T>,
    { prepared = false, planned = false }: TransactionOptions = {},
  ): Promise<T> {
    return lend(planned ? this.planned : this.pool, async (client) => {
      const query: Queryable["query"] = async <R>(text: string, parameters: readonly unknown[] = []) => {
        this.statements++;
        const name = prepared && parameters.length > 0 ? this.prepared.nameOf(text) : undefined;
        const sent = { name, text, values: parameters as unknown[] };
        return this.watched(text, async () => (await client.query(sent)).rows as R[]);
      };
      await client.query("begin");
      try {
        const result = await work({ query });
        await client.query("commit");
        return result;
      } catch (error) {
        await client.query("rollback").catch(() => undefined); // a lost connection has rolled back already
        throw error;
      }
    });
  }

  withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    return lend(this.pool, work);
  }

  async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    return client;
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    await this.canceller.close();
    await Promise.all([this.planned.end(), this.options.end()]);
  }
}

/** Lends one client of a pool to `work`. */
async function lend<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  try {
    return await work(client);
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}

/**
 * Opens the database and brings its tables up to date (unless `migrate` is false). TypeORM owns the pool and
 * the migrations; statements go straight to `pg`.
 * @throws {DomainError} CONFIGURATION where the server is out of reach or older than Postgres 15
 */
export async function openDatabase(
  url: string,
  options: {
    readonly migrate?: boolean;
    readonly poolSize?: number;
    readonly watch?: WatchStatement;
  } = {},
): Promise<Database> {
  const source = await openDataSource(url, options);
  const pool = (source.driver as PostgresDriver).master as pg.Pool;
  const planned = openPlannedPool(url, options.poolSize ?? pool.options.max);
  return new PooledDatabase(url, pool, planned, { end: () => source.destroy(), watch: options.watch });
}
