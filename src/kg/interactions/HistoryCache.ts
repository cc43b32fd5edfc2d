import { LRUCache } from "lru-cache";
import type { Database } from "../database.ts";
import { ChangeFeed } from "../snapshot/ChangeFeed.ts";

const PING_MS = 500;
const TRUSTED_MS = 2_000; // without an answer of Postgres for so long, nothing that is kept is given

/** What is kept of a user; how large it is bounds how much is kept. */
export interface Kept {
  readonly items: readonly unknown[];
}

export interface HistoryCacheOptions<History extends Kept> {
  /** Reads a user's history, in one statement. */
  readonly read: (user: string) => Promise<History>;
  /** The most items that are kept, of all users together. */
  readonly maxItems?: number;
}

/** One reading that is under way. */
interface Reading<History> {
  readonly answer: Promise<History>;
  /** False once something happened that it may not have seen. */
  current: boolean;
}

/**
 * Keeps users' histories as Postgres has them: each notice of interactions drops those of the users that it names, and a
 * reading that was under way meanwhile is not kept. What is given is behind a commit by no more than its notice takes
 * (about a millisecond, see the benchmark `recommend`); whoever writes through this process calls `forget`, and sees
 * the own write at once. While the connection that hears the notices is lost or silent, Postgres is asked each time.
 */
export class HistoryCache<History extends Kept> {
  readonly #feed: ChangeFeed;
  readonly #kept: LRUCache<string, History>;
  readonly #readings = new Map<string, Reading<History>>();
  readonly #read: (user: string) => Promise<History>;
  /** How often a history was at hand, and how often Postgres was asked. */
  readonly counts = { hits: 0, misses: 0 };
  #heard = Number.NEGATIVE_INFINITY;
  #ping: NodeJS.Timeout | null = null;

  private constructor(
    db: Pick<Database, "connect">,
    { read, maxItems = 1_000_000 }: HistoryCacheOptions<History>,
  ) {
    this.#read = read;
    this.#kept = new LRUCache({ maxSize: maxItems, sizeCalculation: ({ items }) => 1 + items.length });
    this.#feed = new ChangeFeed(db, {
      onNotice: (payload) => this.#hear(payload),
      onListening: () => this.#listen(),
    });
  }

  /** Opens the connection that hears the notices. @throws what the first attempt meets */
  static async open<History extends Kept>(
    db: Pick<Database, "connect">,
    options: HistoryCacheOptions<History>,
  ): Promise<HistoryCache<History>> {
    const cache = new HistoryCache(db, options);
    await cache.#feed.open();
    cache.#ping = setInterval(() => void cache.#askWhetherThere(), PING_MS);
    cache.#ping.unref();
    return cache;
  }

  /** The history of a user; at once where it is kept. Requests at the same time share one statement. */
  find(user: string): Promise<History> | History {
    const trusted = this.#isTrusted();
    const known = trusted ? (this.#kept.get(user) ?? this.#readings.get(user)?.answer) : undefined;
    if (known) this.counts.hits++;
    else this.counts.misses++;
    return known ?? (trusted ? this.#begin(user) : this.#read(user));
  }

  /** Whether a history is what would be found now, without asking anybody. */
  holds(user: string, history: History): boolean {
    return this.#isTrusted() && this.#kept.get(user) === history;
  }

  /** Drops what is kept of a user, or of all: for whoever has just written. */
  forget(user?: string): void {
    if (user === undefined) {
      this.#kept.clear();
      for (const reading of this.#readings.values()) reading.current = false;
      this.#readings.clear();
      return;
    }
    this.#kept.delete(user);
    const reading = this.#readings.get(user);
    if (reading) reading.current = false;
    this.#readings.delete(user);
  }

  async close(): Promise<void> {
    if (this.#ping) clearInterval(this.#ping);
    await this.#feed.close();
  }

  #isTrusted(): boolean {
    return this.#feed.connected && performance.now() - this.#heard <= TRUSTED_MS;
  }

  #begin(user: string): Promise<History> {
    const reading: Reading<History> = { answer: this.#read(user), current: true };
    this.#readings.set(user, reading);
    const end = (history?: History) => {
      if (!reading.current) return;
      this.#readings.delete(user);
      if (history) this.#kept.set(user, history);
    };
    reading.answer.then(end, () => end());
    return reading.answer;
  }

  #listen(): void {
    this.forget(); // what happened while nobody listened is not known
    this.#heard = performance.now();
  }

  #hear(payload: string): void {
    const users = usersIn(payload);
    if (users === "all") this.forget();
    else for (const user of users) this.forget(user);
  }

  /** Notices come before the answer to a later question on the same connection. */
  async #askWhetherThere(): Promise<void> {
    const asked = performance.now();
    if (!this.#feed.connected) return;
    await this.#feed.query("select 1").then(
      () => {
        this.#heard = asked;
      },
      () => undefined, // the feed opens it again
    );
  }
}

/** Whose histories a notice of channel `whygraph` is about. */
function usersIn(payload: string): readonly string[] | "all" {
  if (!payload.includes('"interactions"') && !payload.includes('"feedback"')) return [];
  try {
    const { interactions, feedback } = JSON.parse(payload) as Record<string, unknown>;
    const users = interactions ?? feedback;
    return Array.isArray(users) ? users.map(String) : "all";
  } catch {
    return "all"; // any session may notify
  }
}
