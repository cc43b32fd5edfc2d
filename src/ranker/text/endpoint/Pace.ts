import { setTimeout as sleep } from "node:timers/promises";

/** Spaces requests evenly, so that no minute has more of them than allowed. */
export class Pace {
  readonly #gapMs: number;
  #next = 0;

  /** `perMinute` null: no limit. */
  constructor(perMinute: number | null) {
    this.#gapMs = perMinute === null ? 0 : 60_000 / perMinute;
  }

  /** Resolves when the next request may start. */
  async wait(): Promise<void> {
    const now = performance.now();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#gapMs;
    if (at > now) await sleep(at - now);
  }
}
