import { DomainError } from "../../errors.ts";

/**
 * The time that one request has. Its signal ends what is done for it: when the client has gone, and, for queries, when
 * their time is up; what writes is always finished.
 */
export class RequestClock {
  private readonly controller = new AbortController();
  private readonly end: Promise<null>;
  private timer: NodeJS.Timeout | undefined;
  private ring: (nothing: null) => void = () => undefined;

  constructor(
    private readonly milliseconds: number,
    /** Who sends the request, as the network tells it. */
    readonly address: string,
  ) {
    this.end = new Promise((resolve) => {
      this.ring = resolve;
    });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** A query runs from now on. */
  start(): void {
    this.timer ??= setTimeout(() => {
      this.controller.abort(new DomainError("UNAVAILABLE", `time is up after ${this.milliseconds} ms`));
      this.ring(null);
    }, this.milliseconds);
  }

  /** Nobody waits for the answer any more. */
  readonly leave = (): void => {
    this.controller.abort(new DomainError("UNAVAILABLE", "the client has gone"));
  };

  /** Gives what `work` gives, or null where its time is up before. */
  async race<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await Promise.race([work, this.end]);
    } finally {
      clearTimeout(this.timer);
      work.catch(() => undefined); // what ends later ends unseen
    }
  }
}
