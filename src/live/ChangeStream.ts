import type { Database } from "../kg/database.ts";
import { findChangesBetween } from "../kg/queries/findChangesBetween.ts";
import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import type { Change, EntityId, Revision } from "../kg/types.ts";
import { LiveQueue } from "./LiveQueue.ts";

/** Ends a client that is too slow, for this reason. */
export type Drop = (why: string) => void;

const AT_ONCE = 500; // changes of one statement
const RETRY_MS = 1_000;

interface Subscriber {
  readonly entity: EntityId | null;
  /** Changes up to this revision are older than the subscription. */
  readonly since: bigint;
  readonly queue: LiveQueue<Change>;
}

/** The changes of the graph, each once this process's snapshot holds it: one statement for all subscribers. */
export class ChangeStream {
  readonly #subscribers = new Set<Subscriber>();
  #told: Revision;
  #telling: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly db: Database,
    private readonly snapshot: LiveSnapshot,
  ) {
    this.#told = snapshot.graph.revision;
    snapshot.onChange(() => this.#tellSoon());
  }

  /** The changes from now on; of one entity those that touch it or its triples. */
  open(entity: EntityId | null, drop: Drop): LiveQueue<Change> {
    const subscriber: Subscriber = {
      entity,
      since: BigInt(this.snapshot.graph.revision),
      queue: new LiveQueue<Change>({
        onEnd: () => this.#subscribers.delete(subscriber),
        onOverflow: (limit) => drop(`${limit} changes wait to be read`),
      }),
    };
    this.#subscribers.add(subscriber);
    return subscriber.queue;
  }

  async close(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    for (const { queue } of this.#subscribers) queue.end();
    await this.#telling;
  }

  #tellSoon(): void {
    this.#telling = this.#telling
      .then(() => this.#tell())
      .catch(() => {
        // Postgres was out of reach: what was not told is told later.
        this.#timer ??= setTimeout(() => {
          this.#timer = null;
          this.#tellSoon();
        }, RETRY_MS).unref();
      });
  }

  async #tell(): Promise<void> {
    const upTo = this.snapshot.graph.revision;
    if (BigInt(upTo) < BigInt(this.#told)) this.#told = upTo; // another history: the database was restored
    while (this.#subscribers.size > 0 && this.#told !== upTo) {
      const entities = [...new Set([...this.#subscribers].flatMap(({ entity }) => entity ?? []))];
      const range = { after: this.#told, upTo, limit: AT_ONCE };
      const found = await findChangesBetween(this.db, range, entities);
      for (const { touched, ...change } of found) this.#pass(change, touched);
      this.#told = found.length < AT_ONCE ? upTo : (found.at(-1)?.revision ?? upTo);
    }
    this.#told = upTo;
  }

  #pass(change: Change, touched: readonly EntityId[]): void {
    for (const { entity, since, queue } of this.#subscribers) {
      if (BigInt(change.revision) > since && (entity === null || touched.includes(entity)))
        queue.push(change);
    }
  }
}
