import { DomainError } from "../../errors.ts";

/**
 * The time that one request has. Its signal ends what is done for it: when the client has gone, and, for queries, when
 * their time is up; what writes is always finished.
 */
export class RequestClock {
  private controller: AbortController | null = null;
  private over: DomainError | null = null;
  private timer: NodeJS.Timeout | undefined;
  private ring: ((nothing: null) => void) | null = null;

  constructor(
    private readonly milliseconds: number,
    /** Who sends the request, as the network tells it. */
    readonly address: string,
  ) {}

  /** Made when it is first asked for: what is read from memory needs none. */
  get signal(): AbortSignal {
    if (!this.controller) {
      this.controller = new AbortController();
      if (this.over) this.controller.abort(this.over);
    }
    return this.controller.signal;
  }

  /** A query runs from now on. */
  start(): void {
    this.timer ??= setTimeout(() => {
      this.end(`time is up after ${this.milliseconds} ms`);
      this.ring?.(null);
    }, this.milliseconds);
  }

  /** Nobody waits for the answer any more. */
  readonly leave = (): void => this.end("the client has gone");

  /** Gives what `work` gives, or null where its time is up before; what ends later ends unseen. */
  race<T>(work: Promise<T>): Promise<T | null> {
    return new Promise((resolve, reject) => {
      this.ring = resolve;
      work.then(
        (answer) => {
          clearTimeout(this.timer);
          resolve(answer);
        },
        (error) => {
          clearTimeout(this.timer);
          reject(error);
        },
      );
    });
  }

  private end(why: string): void {
    this.over ??= new DomainError("UNAVAILABLE", why);
    this.controller?.abort(this.over);
  }
}
