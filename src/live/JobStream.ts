import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import type { Job, Jobs } from "../kg/types.ts";
import type { Drop } from "./ChangeStream.ts";
import { LiveQueue } from "./LiveQueue.ts";

const POLL_MS = 1_000; // a job whose process has died sends no notice

interface Subscriber {
  readonly id: string;
  readonly queue: LiveQueue<Job>;
  last: string;
}

/** Jobs as they go on: where each stands at once, then whenever that changes, until it has ended. */
export class JobStream {
  readonly #subscribers = new Set<Subscriber>();
  #poll: NodeJS.Timeout | null = null;

  constructor(
    private readonly jobs: Jobs,
    snapshot: LiveSnapshot,
  ) {
    snapshot.onNotice((notice) => {
      if (notice === null || notice.job !== undefined) this.#look(notice?.job);
    });
  }

  open(id: string, drop: Drop): LiveQueue<Job> {
    const subscriber: Subscriber = {
      id,
      last: "",
      queue: new LiveQueue<Job>({
        onEnd: () => this.#leave(subscriber),
        onOverflow: (limit) => drop(`${limit} states of a job wait to be read`),
      }),
    };
    this.#subscribers.add(subscriber);
    this.#poll ??= setInterval(() => this.#look(undefined), POLL_MS).unref();
    this.#look(id);
    return subscriber.queue;
  }

  async close(): Promise<void> {
    for (const { queue } of this.#subscribers) queue.end();
  }

  #leave(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
    if (this.#subscribers.size > 0 || !this.#poll) return;
    clearInterval(this.#poll);
    this.#poll = null;
  }

  /** Reads the job with this id, or all that somebody waits for. */
  #look(id: unknown): void {
    const wanted = new Set([...this.#subscribers].map((subscriber) => subscriber.id));
    for (const one of wanted) {
      if (id === undefined || one === id) this.#tell(one).catch(() => undefined); // the next poll tries again
    }
  }

  async #tell(id: string): Promise<void> {
    const job = await this.jobs.findJob(id);
    for (const subscriber of [...this.#subscribers].filter((one) => one.id === id)) {
      const state = JSON.stringify(job);
      if (job && state !== subscriber.last) subscriber.queue.replace(job);
      subscriber.last = state;
      if (!job || job.finishedAt) subscriber.queue.end();
    }
  }
}
