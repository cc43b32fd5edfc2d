import type { Database } from "../database.ts";
import { ChangeFeed } from "../snapshot/ChangeFeed.ts";
import { type FreshHistory, type Position, readFreshHistories, readPosition } from "./readFreshHistories.ts";

/** What counts interactions. */
export interface InteractionSink {
  /** Takes a user's history in place of the one it has of the user, if any. */
  record(history: FreshHistory): void;
  /** Interactions up to this id are too many to keep. */
  readonly floor: number;
}

export interface FeedOptions<Sink> {
  /** Makes an empty sink; the feed fills it, and another one after a removal. */
  readonly makeSink: () => Sink;
  /** What the model was fitted on, see `findSeen`; null where nothing is to be counted. */
  readonly seen: string | null;
  /** How often Postgres is asked besides the notices. */
  readonly pollMs?: number;
}

/**
 * Keeps a sink as Postgres has the interactions that a model has not seen, on a connection of its own. Each notice
 * makes it read the users who did something; a lost connection is opened again, a poll finds what no notice told,
 * and after a removal everything is read anew. What the sink holds depends on what is committed alone, not on
 * when it came to be known, so that all processes agree.
 */
export class InteractionFeed<Sink extends InteractionSink> {
  readonly #feed: ChangeFeed;
  #sink: Sink;
  #seen: string | null;
  #position: Position | null = null;
  #changedAt: string | null = null;
  #catchingUp: Promise<void> | null = null;
  #behind = false;
  #closed = false;
  #poll: NodeJS.Timeout | null = null;
  #problem: string | null = null;

  private constructor(
    db: Pick<Database, "connect">,
    private readonly options: FeedOptions<Sink>,
  ) {
    this.#sink = options.makeSink();
    this.#seen = options.seen;
    this.#feed = new ChangeFeed(db, {
      onNotice: (payload) => {
        if (payload.includes('"interactions"')) this.#look();
      },
      onListening: () => this.#look(),
    });
  }

  /** Opens the feed and reads what there is. @throws what the first attempt meets */
  static async open<Sink extends InteractionSink>(
    db: Pick<Database, "connect">,
    options: FeedOptions<Sink>,
  ): Promise<InteractionFeed<Sink>> {
    const feed = new InteractionFeed(db, options);
    try {
      await feed.#feed.open();
      await feed.catchUp();
    } catch (error) {
      await feed.close();
      throw error;
    }
    feed.#poll = setInterval(() => feed.#look(), options.pollMs ?? 1_000);
    feed.#poll.unref();
    return feed;
  }

  /** The sink of now: read it anew for each request, another takes its place after a removal. */
  get sink(): Sink {
    return this.#sink;
  }

  /** The snapshot of Postgres in which the sink last changed; null where another model's are read, or none. */
  get changedAt(): string | null {
    return this.#changedAt;
  }

  /** Why the last attempt to catch up failed; null once one succeeds. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Counts from another model on; resolves once the sink holds what that one has not seen. */
  follow(seen: string | null): Promise<void> {
    this.#seen = seen;
    this.#position = null;
    this.#changedAt = null;
    return this.catchUp();
  }

  /** Resolves once the sink holds all that was committed before the call. @throws where Postgres is out of reach */
  catchUp(): Promise<void> {
    this.#behind = true;
    this.#catchingUp ??= this.#advanceAll().finally(() => {
      this.#catchingUp = null;
    });
    return this.#catchingUp;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#poll) clearInterval(this.#poll);
    await this.#feed.close();
    await this.#catchingUp?.catch(() => undefined);
  }

  #look(): void {
    if (this.#feed.connected && !this.#closed) this.catchUp().catch(() => undefined); // kept in `problem`
  }

  async #advanceAll(): Promise<void> {
    try {
      while (this.#behind && !this.#closed) {
        this.#behind = false;
        await this.#advance();
      }
      this.#problem = null;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }

  async #advance(): Promise<void> {
    const seen = this.#seen;
    const known = this.#position;
    if (seen === null) {
      this.#sink = this.options.makeSink();
      return;
    }
    // A failed statement loses the connection, and the transaction with it.
    await this.#feed.query("begin isolation level repeatable read read only");
    const now = await readPosition(this.#feed);
    const anew = known === null || known.removals !== now.removals;
    const sink = anew ? this.options.makeSink() : this.#sink;
    const news: FreshHistory[] = [];
    const record = (histories: readonly FreshHistory[]) => {
      for (const history of histories) sink.record(history);
    };
    await readFreshHistories(
      this.#feed,
      { since: anew ? seen : known.snapshot, seen },
      (histories, oldest) => {
        if (anew) record(histories);
        else news.push(...histories); // the sink that is read moves from position to position in one step
        return oldest > sink.floor;
      },
    );
    await this.#feed.query("commit");
    if (this.#seen !== seen) {
      this.#behind = true; // another model took over meanwhile
      return;
    }
    record(news);
    this.#sink = sink;
    this.#position = now;
    if (anew || news.length > 0) this.#changedAt = now.snapshot;
  }
}
