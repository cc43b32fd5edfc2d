import { reportProgress } from "../kg/jobs/updateJob.ts";
import type { Queryable } from "../kg/types.ts";

const PAUSE_MS = 500;

/** Writes how far a job is: the newest news, one statement at a time, twice a second at most. */
export class ProgressReport {
  #news: { readonly progress: number; readonly message: string } | null = null;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> | null = null;
  #closed = false;

  constructor(
    private readonly db: Queryable,
    private readonly id: string,
  ) {}

  tell(progress: number, message: string): void {
    this.#news = { progress, message };
    if (!this.#timer && !this.#writing) this.#write();
  }

  /** Waits for what is being written; later news is dropped. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#writing;
  }

  #write(): void {
    this.#timer = null;
    const news = this.#news;
    this.#news = null;
    if (news === null || this.#closed) return;
    this.#writing = reportProgress(this.db, this.id, news)
      .catch((error) =>
        console.error(`whygraph: the progress of job ${this.id} is not kept: ${error.message}`),
      )
      .finally(() => {
        this.#writing = null;
        if (!this.#closed) this.#timer = setTimeout(() => this.#write(), PAUSE_MS);
      });
  }
}
