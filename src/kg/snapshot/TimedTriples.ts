import type { JSONObject } from "../types.ts";
import { momentOf } from "./momentOf.ts";

/** A triple that holds for a time: its row in the change log's words, and its bounds in milliseconds. */
interface TimedTriple {
  readonly row: JSONObject;
  /** It holds from here on … */
  readonly from: number;
  /** … until before here. */
  readonly to: number;
}

/** A triple that begins or ceases to hold. */
export interface Turn {
  readonly id: number;
  readonly row: JSONObject;
  readonly holds: boolean;
}

/** Tells whether a triple, by its row in the change log, holds at a moment in milliseconds. */
export function holdsAt(row: JSONObject, at: number): boolean {
  const { from, to } = boundsOf(row);
  return from <= at && at < to;
}

/**
 * The triples with a validity, by id, about 200 bytes each; those without one hold always and are not here.
 * A moment passes in O(1) unless one of them turns.
 */
export class TimedTriples {
  readonly #triples: Map<number, TimedTriple>;
  #next: number;

  constructor(copied?: TimedTriples) {
    this.#triples = new Map(copied?.all());
    this.#next = copied?.next ?? Number.POSITIVE_INFINITY;
  }

  /** Nothing turns before this moment, in milliseconds. */
  get next(): number {
    return this.#next;
  }

  get size(): number {
    return this.#triples.size;
  }

  all(): Iterable<[number, TimedTriple]> {
    return this.#triples;
  }

  /** Takes the row of a triple as it is now in place of the one before; `at` is the moment of now. */
  set(id: number, row: JSONObject | null, at: number): void {
    this.#triples.delete(id);
    if (row === null || row.rank === "DEPRECATED") return;
    const { from, to } = boundsOf(row);
    if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return;
    this.#triples.set(id, { row, from, to });
    this.#next = Math.min(this.#next, turnAfter({ from, to }, at));
  }

  /** Moves from one moment to another, later or earlier, and gives what turns. O(timed triples) where any may. */
  move(before: number, now: number): Turn[] {
    if (now >= before && now < this.#next) return [];
    const turns: Turn[] = [];
    this.#next = Number.POSITIVE_INFINITY;
    for (const [id, { row, from, to }] of this.#triples) {
      const holds = from <= now && now < to;
      if (holds !== (from <= before && before < to)) turns.push({ id, row, holds });
      this.#next = Math.min(this.#next, turnAfter({ from, to }, now));
    }
    return turns;
  }
}

function boundsOf({ valid_from, valid_to }: JSONObject): { readonly from: number; readonly to: number } {
  return {
    from: valid_from == null ? Number.NEGATIVE_INFINITY : momentOf(valid_from as string),
    to: valid_to == null ? Number.POSITIVE_INFINITY : momentOf(valid_to as string),
  };
}

function turnAfter({ from, to }: { readonly from: number; readonly to: number }, at: number): number {
  if (at < from) return from;
  return at < to ? to : Number.POSITIVE_INFINITY;
}
