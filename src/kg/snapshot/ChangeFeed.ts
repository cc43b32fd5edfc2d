import type pg from "pg";
import type { Database } from "../database.ts";

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 5_000;
const QUERY_TIMEOUT_MS = 30_000; // a connection that died without a word must not hold the feed for ever

export interface FeedEvents {
  /** A payload of channel `whygraph`. */
  onNotice(payload: string): void;
  /** Listening (again): whatever was committed before has to be read now. */
  onListening(): void;
}

/**
 * A connection of its own that listens on channel `whygraph` and reads what the notices announce. When it is
 * lost, it is opened again after 50 ms, then twice as long each time up to 5 s.
 */
export class ChangeFeed {
  #client: pg.Client | null = null;
  #timer: NodeJS.Timeout | null = null;
  #delay = FIRST_DELAY_MS;
  #failure: string | null = null;
  #closed = false;

  constructor(
    private readonly db: Pick<Database, "connect">,
    private readonly events: FeedEvents,
  ) {}

  get connected(): boolean {
    return this.#client !== null;
  }

  /** Why it could not be opened again when that was last tried; null where it is open, or was just lost. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Opens the connection. @throws what the first attempt meets; later losses are mended without a word */
  async open(): Promise<void> {
    const client = await this.db.connect();
    client.on("error", () => this.#lose(client));
    client.on("end", () => this.#lose(client));
    client.on("notification", ({ payload }) => this.events.onNotice(payload ?? ""));
    try {
      await client.query("set application_name to 'whygraph feed'; listen whygraph");
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    if (this.#closed) {
      await client.end();
      return;
    }
    this.#client = client;
    this.#delay = FIRST_DELAY_MS;
    this.#failure = null;
    this.events.onListening();
  }

  /** Runs one statement on the feed's connection. @throws where the connection is lost or does not answer */
  async query<T>(text: string, values: readonly unknown[] = []): Promise<T[]> {
    const client = this.#client;
    if (client === null) throw new Error("the change feed is not connected");
    try {
      // `query_timeout` is missing from the published types of a query.
      const query = { text, values: values as unknown[], query_timeout: QUERY_TIMEOUT_MS };
      return (await client.query(query)).rows as T[];
    } catch (error) {
      this.#lose(client);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }

  #lose(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    void client.end().catch(() => undefined);
    this.#reopen();
  }

  #reopen(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.open().catch((error: Error) => {
        this.#failure = error.message || String(error);
        this.#reopen();
      });
    }, this.#delay);
    this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY_MS);
  }
}
