import { LRUCache } from "lru-cache";
import type { RecommendPorts, SeenHistory } from "./recommend/ports.ts";

/**
 * Remembers the lists that were made last. A history is one object as long as its user does nothing, so that who asks
 * again, or for the next page, gets the list that is there; whatever else a list depends on is in its key.
 */
export function rememberLists(most: number): NonNullable<RecommendPorts["remember"]> {
  if (most === 0) return (_history, _key, make) => make();
  const lists = new LRUCache<string, object>({ max: most });
  const numbers = new WeakMap<SeenHistory, number>();
  let count = 0;
  const numberOf = (history: SeenHistory): number => {
    const number = numbers.get(history) ?? ++count;
    numbers.set(history, number);
    return number;
  };
  return <Result extends object>(history: SeenHistory | null, key: string, make: () => Result): Result => {
    const whole = `${history === null ? 0 : numberOf(history)} ${key}`;
    const known = lists.get(whole) as Result | undefined;
    if (known) return known;
    const made = make();
    lists.set(whole, made);
    return made;
  };
}
