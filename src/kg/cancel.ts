import type pg from "pg";
import type { Queryable } from "./types.ts";

/** Ends statements of other connections, on a connection of its own that is opened when it is first needed. */
export class Canceller {
  private client: Promise<pg.Client> | null = null;

  constructor(private readonly connect: () => Promise<pg.Client>) {}

  /** Resolves when Postgres was told; a statement that ended by itself meanwhile is not harmed. */
  readonly cancel = async (pid: number): Promise<void> => {
    try {
      const client = await this.open();
      await client.query("select pg_cancel_backend($1)", [pid]);
    } catch {
      this.client = null; // the statement goes on to its end; the next one is cancelled on a new connection
    }
  };

  async close(): Promise<void> {
    const client = await this.client?.catch(() => null);
    this.client = null;
    await client?.end();
  }

  private open(): Promise<pg.Client> {
    this.client ??= this.connect().then((client) => {
      client.on("error", () => {
        this.client = null;
      });
      return client;
    });
    return this.client;
  }
}

/**
 * Runs a statement that ends when `signal` is aborted. The connection is not given back before the cancelling is over,
 * so that it cannot hit the next statement.
 */
export async function runCancellable<T>(
  client: object,
  run: () => Promise<T>,
  { signal, cancel }: { readonly signal: AbortSignal; readonly cancel: (pid: number) => Promise<void> },
): Promise<T> {
  signal.throwIfAborted();
  let cancelled: Promise<void> | null = null;
  const onAbort = (): void => {
    cancelled = cancel((client as { processID: number }).processID);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await run();
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener("abort", onAbort);
    await cancelled;
  }
}

/** What has an end: a controller, or the clock of a request. Many are never asked for their signal, and may make it then. */
export interface Ending {
  readonly signal: AbortSignal;
}

/** The same database for one request: its statements end with the signal of `ending`, which the first of them asks for. */
export function withSignal(db: Queryable, ending: Ending): Queryable {
  return {
    query: (text, parameters, options) => db.query(text, parameters, { ...options, signal: ending.signal }),
  };
}
