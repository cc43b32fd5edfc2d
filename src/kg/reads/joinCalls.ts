import type { FindMany } from "./types.ts";

const MOST_RUNNING = 5; // half the connections; more would wait for a core anyway
export const MOST_KEYS = 2_000;

interface Call<K, V> {
  readonly keys: readonly K[];
  readonly resolve: (found: ReadonlyMap<K, V>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Joins calls that come at the same time into one: those of one turn of the event loop, and those that come while
 * `mostRunning` are under way; no more than `mostKeys` keys, unless one call has more. Each call gets what was read after it was made. A call that fails together with others is made
 * again alone, so that nobody gets another one's error.
 */
export function joinCalls<K, V>(
  find: FindMany<K, V>,
  mostRunning = MOST_RUNNING,
  mostKeys = MOST_KEYS,
): FindMany<K, V> {
  let waiting: Call<K, V>[] = [];
  let running = 0;
  let planned = false;

  function plan(): void {
    if (planned || running >= mostRunning || waiting.length === 0) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      if (running < mostRunning) void run(take());
      plan();
    });
  }

  /** As many calls as one statement may hold, at least one. */
  function take(): Call<K, V>[] {
    let keys = 0;
    const end = waiting.findIndex((call) => {
      keys += call.keys.length;
      return keys > mostKeys;
    });
    const taken = end < 0 ? waiting : waiting.slice(0, Math.max(1, end));
    waiting = waiting.slice(taken.length);
    return taken;
  }

  async function run(calls: readonly Call<K, V>[]): Promise<void> {
    if (calls.length === 0) return;
    running++;
    try {
      const keys = calls.length === 1 ? calls[0].keys : [...new Set(calls.flatMap((call) => call.keys))];
      const found = await find(keys);
      for (const call of calls) call.resolve(found);
    } catch (error) {
      if (calls.length === 1) calls[0].reject(error);
      else for (const { keys, resolve, reject } of calls) find(keys).then(resolve, reject);
    } finally {
      running--;
      plan();
    }
  }

  return (keys) =>
    new Promise((resolve, reject) => {
      waiting.push({ keys, resolve, reject });
      plan();
    });
}
