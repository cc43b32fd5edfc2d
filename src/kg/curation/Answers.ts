import type { Queryable } from "../types.ts";
import { findAnswers, type RequestKey, type SavedAnswer, saveAnswers } from "./idempotency.ts";

/**
 * The answers under the idempotency keys of one transaction: those given before it, found at its start, and those that
 * its edits give, saved at its end. It holds the keys, whatever becomes of an edit's savepoint.
 */
export class Answers {
  private readonly fresh: SavedAnswer[] = [];

  private constructor(
    private readonly tx: Queryable,
    private readonly given: Map<string, SavedAnswer>,
  ) {}

  /** Takes the keys of all edits of the transaction, before any of them opens its change. No statement without a key. */
  static async open(tx: Queryable, keys: readonly (RequestKey | null)[]): Promise<Answers> {
    const asked = keys.filter((key) => key !== null);
    const found = asked.length === 0 ? [] : await findAnswers(tx, asked);
    return new Answers(tx, new Map(found.map((answer) => [nameOf(answer), answer])));
  }

  /** The answer given under a key, also by an edit before this one, and whether it was to another request. */
  find(requestKey: RequestKey): { readonly answer: unknown; readonly reused: boolean } | null {
    const found = this.given.get(nameOf(requestKey));
    return found ? { answer: found.answer, reused: found.request !== requestKey.request } : null;
  }

  /** Keeps the answer of an edit that is written, as JSON gives it back. It is the last that the edit does. */
  keep(requestKey: RequestKey, answer: unknown): void {
    const kept = { ...requestKey, answer: JSON.parse(JSON.stringify(answer)) };
    this.given.set(nameOf(requestKey), kept);
    this.fresh.push(kept);
  }

  /** Saves what is kept, in one statement or none. */
  async save(): Promise<void> {
    if (this.fresh.length > 0) await saveAnswers(this.tx, this.fresh);
  }
}

function nameOf({ actor, key }: RequestKey): string {
  return JSON.stringify([actor, key]);
}
