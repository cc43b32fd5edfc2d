import { setTimeout as sleep } from "node:timers/promises";
import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import type { Models } from "../models/openModels.ts";
import type { RecommendationPage, Recommender } from "../recommend/types.ts";
import type { Drop } from "./ChangeStream.ts";
import { LiveQueue } from "./LiveQueue.ts";

const GATHER_MS = 50; // what happens together is answered together
const MODEL_MS = 10_000; // a model takes over within this time, or never

interface Subscriber {
  readonly user: string;
  readonly first: number;
  readonly queue: LiveQueue<RecommendationPage>;
  last: string;
}

/**
 * Recommendations as they change: a user's page at once, then whenever an edit, an interaction, another model or the
 * validity of a triple makes it another. A slow reader misses pages in between, and has the newest in the end.
 */
export class RecommendationStream {
  readonly #subscribers = new Set<Subscriber>();
  #gathering: NodeJS.Timeout | null = null;
  #ranking: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: {
      readonly snapshot: LiveSnapshot;
      readonly models: Models;
      readonly recommender: Recommender;
    },
  ) {
    const { snapshot, models } = parts;
    snapshot.onChange(() => this.#gather());
    snapshot.onVectorsChange(() => this.#gather());
    snapshot.onNotice((notice) => {
      const speaks = notice === null || notice.interactions !== undefined || notice.feedback !== undefined;
      if (speaks) this.#gather();
    });
    snapshot.onModelChange((id) => void this.#waitForModel(id, models));
  }

  async open(
    { user, first }: { readonly user: string; readonly first: number },
    drop: Drop,
  ): Promise<LiveQueue<RecommendationPage>> {
    const page = await this.parts.recommender.recommend({ user, first });
    const subscriber: Subscriber = {
      ...{ user, first, last: fingerprint(page) },
      queue: new LiveQueue<RecommendationPage>({
        onEnd: () => this.#subscribers.delete(subscriber),
        onOverflow: (limit) => drop(`${limit} pages wait to be read`),
      }),
    };
    this.#subscribers.add(subscriber);
    subscriber.queue.push(page);
    this.#gather(); // what happened while the first page was made
    return subscriber.queue;
  }

  async close(): Promise<void> {
    if (this.#gathering) clearTimeout(this.#gathering);
    for (const { queue } of this.#subscribers) queue.end();
    await this.#ranking;
  }

  #gather(): void {
    if (this.#subscribers.size === 0) return;
    this.#gathering ??= setTimeout(() => {
      this.#gathering = null;
      this.#ranking = this.#ranking.then(() => this.#rankAll());
    }, GATHER_MS);
  }

  /** It is announced before this process has loaded it. */
  async #waitForModel(id: string, models: Models): Promise<void> {
    for (const since = performance.now(); models.active().id !== id; await sleep(GATHER_MS)) {
      if (performance.now() - since > MODEL_MS) return;
    }
    this.#gather();
  }

  async #rankAll(): Promise<void> {
    await this.parts.models.settle().catch(() => undefined); // the next notice tries again
    for (const subscriber of [...this.#subscribers]) {
      if (!subscriber.queue.ended) await this.#rank(subscriber).catch(() => undefined);
    }
  }

  async #rank(subscriber: Subscriber): Promise<void> {
    const { user, first, queue } = subscriber;
    const page = await this.parts.recommender.recommend({ user, first });
    const next = fingerprint(page);
    if (next === subscriber.last) return;
    subscriber.last = next;
    queue.replace(page);
  }
}

/** What makes a page another one: its items, their scores, and the model. */
function fingerprint({ edges, model }: RecommendationPage): string {
  return JSON.stringify([model.id, edges.map(({ node }) => [node.item, node.score])]);
}
