/** The most events that wait for one client. */
export const MOST_WAITING = 1_000;

/**
 * What happens, for one reader that takes it at its own pace: an async iterator that is pushed to. Where more waits
 * than `limit`, the reader is too slow: `onOverflow` is called once, and the queue ends.
 */
export class LiveQueue<T> implements AsyncIterableIterator<T> {
  #waiting: T[] = [];
  #reader: ((result: IteratorResult<T, undefined>) => void) | null = null;
  #ended = false;

  constructor(
    private readonly options: {
      /** Called once when nothing is read from it any more. */
      readonly onEnd: () => void;
      readonly onOverflow: (limit: number) => void;
      readonly limit?: number;
    },
  ) {}

  get ended(): boolean {
    return this.#ended;
  }

  push(value: T): void {
    if (this.#ended) return;
    if (this.#reader) {
      this.#reader({ value, done: false });
      this.#reader = null;
      return;
    }
    this.#waiting.push(value);
    const { limit = MOST_WAITING } = this.options;
    if (this.#waiting.length <= limit) return;
    this.#waiting = [];
    this.end();
    this.options.onOverflow(limit);
  }

  /** Puts `value` in place of whatever waits: of a state only the newest counts. */
  replace(value: T): void {
    this.#waiting = [];
    this.push(value);
  }

  /** Ends it; what waits is still read. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#reader?.({ value: undefined, done: true });
    this.#reader = null;
    this.options.onEnd();
  }

  next(): Promise<IteratorResult<T, undefined>> {
    if (this.#waiting.length > 0) {
      return Promise.resolve({ value: this.#waiting.shift() as T, done: false });
    }
    if (this.#ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#waiting = [];
    this.end();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
