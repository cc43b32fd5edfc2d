import type { Viewer } from "../../context.ts";
import { refusalOf } from "../refusalOf.ts";

/** How often those who are connected are looked at. */
const RECHECK_MS = 5_000;

interface Admitted {
  readonly authorization: string | undefined;
  readonly end: (why: string) => void;
}

/**
 * Who is connected, and by which key or token. Each is asked for again every five seconds, which costs no statement,
 * so that a connection ends soon after its key was revoked or its token expired.
 */
export class Admissions {
  readonly #admitted = new Map<object, Admitted>();
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly authenticate: (authorization: string | undefined) => Promise<Viewer>,
    everyMs = RECHECK_MS,
  ) {
    this.#timer = setInterval(() => void this.#recheck(), everyMs).unref();
  }

  /**
   * Lets a connection in, whose owner calls `leave` when it ends. `end` is called once, with the reason, when it may
   * stay no longer.
   * @throws what authenticating throws
   */
  async admit(connection: object, admitted: Admitted): Promise<Viewer> {
    this.#admitted.set(connection, admitted); // before waiting: it may leave meanwhile
    try {
      return await this.authenticate(admitted.authorization);
    } catch (error) {
      this.#admitted.delete(connection);
      throw error;
    }
  }

  /** Forgets a connection that has ended. */
  leave(connection: object): void {
    this.#admitted.delete(connection);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#admitted.clear();
  }

  /** Where a key cannot be checked now, its connections stay. */
  async #recheck(): Promise<void> {
    for (const [connection, { authorization, end }] of this.#admitted) {
      try {
        await this.authenticate(authorization);
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal?.code !== "UNAUTHENTICATED" || !this.#admitted.delete(connection)) continue;
        end(refusal.message);
      }
    }
  }
}
