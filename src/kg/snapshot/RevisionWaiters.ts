import { DomainError } from "../../errors.ts";
import type { Revision } from "../types.ts";

const HIGHEST = 9_223_372_036_854_775_807n;

interface Waiter {
  readonly revision: bigint;
  readonly resolve: () => void;
  readonly reject: (error: DomainError) => void;
  readonly timer: NodeJS.Timeout;
}

/** Those who wait for the graph to reach a revision. */
export class RevisionWaiters {
  readonly #waiting = new Set<Waiter>();

  constructor(private readonly current: () => Revision) {}

  /** @throws {DomainError} BAD_USER_INPUT for a malformed revision, UNAVAILABLE on time-out */
  async wait(revision: Revision, timeoutMs: number): Promise<void> {
    const wanted = parseRevision(revision);
    if (BigInt(this.current()) >= wanted) return;
    await new Promise<void>((resolve, reject) => {
      const expire = () => {
        this.#waiting.delete(waiter);
        const reached = `the graph is at revision ${this.current()} after waiting ${timeoutMs} ms`;
        reject(new DomainError("UNAVAILABLE", `${reached}; expected revision ${wanted} or newer`));
      };
      const waiter: Waiter = { revision: wanted, resolve, reject, timer: setTimeout(expire, timeoutMs) };
      this.#waiting.add(waiter);
    });
  }

  /** Lets go those whose revision is reached. */
  settle(): void {
    if (this.#waiting.size === 0) return;
    const reached = BigInt(this.current());
    for (const waiter of this.#waiting) {
      if (waiter.revision <= reached) this.#release(waiter).resolve();
    }
  }

  /** Fails all that still wait. */
  close(): void {
    const error = new DomainError("UNAVAILABLE", `the snapshot is closed at revision ${this.current()}`);
    for (const waiter of this.#waiting) this.#release(waiter).reject(error);
  }

  #release(waiter: Waiter): Waiter {
    clearTimeout(waiter.timer);
    this.#waiting.delete(waiter);
    return waiter;
  }
}

function parseRevision(revision: string): bigint {
  const value = /^\d{1,19}$/.test(revision) ? BigInt(revision) : -1n;
  if (value < 0n || value > HIGHEST) {
    throw new DomainError(
      "BAD_USER_INPUT",
      `"${revision.slice(0, 40)}" is no revision; expected a decimal number from 0 to ${HIGHEST}`,
    );
  }
  return value;
}
