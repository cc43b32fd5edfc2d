import { LRUCache } from "lru-cache";
import type { RecommendPorts, SeenHistory } from "./recommend/ports.ts";

/** Remembers lists, and counts how often one was there. */
export interface Remembered {
  readonly remember: NonNullable<RecommendPorts["remember"]>;
  readonly counts: { readonly hits: number; readonly misses: number };
}

/**
 * Remembers the lists that were made last. A history is one object as long as its user does nothing, so that who asks
 * again, or for the next page, gets the list that is there; whatever else a list depends on is in its key.
 */
export function rememberLists(most: number): Remembered {
  const counts = { hits: 0, misses: 0 };
  if (most === 0) return { remember: (_history, _key, make) => make(), counts };
  const lists = new LRUCache<string, object>({ max: most });
  const numbers = new WeakMap<SeenHistory, number>();
  let count = 0;
  const numberOf = (history: SeenHistory): number => {
    const number = numbers.get(history) ?? ++count;
    numbers.set(history, number);
    return number;
  };
  const remember = <Result extends object>(
    history: SeenHistory | null,
    key: string,
    make: () => Result,
  ): Result => {
    const whole = `${history === null ? 0 : numberOf(history)} ${key}`;
    const known = lists.get(whole) as Result | undefined;
    if (known) {
      counts.hits++;
      return known;
    }
    counts.misses++;
    const made = make();
    lists.set(whole, made);
    return made;
  };
  return { remember, counts };
}
