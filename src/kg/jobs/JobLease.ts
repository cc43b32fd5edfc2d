import type pg from "pg";
import { CANCEL_CHANNEL } from "./jobLock.ts";

/** Why a job has to end before it is done. */
export type Interruption = "CANCELLED" | "LOST";

/** The right to run one job: a connection that holds its lock and hears when it shall end. */
export class JobLease {
  readonly #cancelled = new Set<string>();
  #id: string | null = null;
  #lost = false;
  #released = false;
  #interrupt: ((why: Interruption) => void) | null = null;

  private constructor(private readonly client: pg.Client) {
    const lose = () => {
      this.#lost = true;
      this.#tell();
    };
    client.on("error", lose);
    client.on("end", lose);
    client.on("notification", ({ payload }) => {
      this.#cancelled.add(payload ?? "");
      this.#tell();
    });
  }

  /** Listens from before the job can be seen, so that no cancellation is missed. */
  static async listen(client: pg.Client): Promise<JobLease> {
    const lease = new JobLease(client);
    await client.query(`set application_name to 'whygraph job'; listen ${CANCEL_CHANNEL}`);
    return lease;
  }

  /** Says whose lock the connection holds. */
  hold(id: string): void {
    this.#id = id;
  }

  /** Calls back once when the job shall end, or when the connection is lost and others take it for dead. */
  onInterrupt(callback: (why: Interruption) => void): void {
    this.#interrupt = callback;
    this.#tell();
  }

  /** Gives the right back; call it when the job has ended. */
  async release(): Promise<void> {
    this.#released = true;
    await this.client.end().catch(() => undefined);
  }

  #tell(): void {
    const cancelled = this.#id !== null && this.#cancelled.has(this.#id);
    if (this.#released || !this.#interrupt || !(cancelled || this.#lost)) return;
    const tell = this.#interrupt;
    this.#interrupt = null;
    tell(cancelled ? "CANCELLED" : "LOST");
  }
}
