import type { Database } from "./kg/database.ts";
import { countTrending, TRENDS_LIMIT } from "./kg/queries/countTrending.ts";
import type { Trends } from "./recommend/ports.ts";

const FRESH_MS = 60_000;
const MOST_WINDOWS = 16;

/**
 * Opens the trends of the fallback chain: what is counted for a window serves all requests for a minute, so that a
 * visitor of whom nothing is known costs no count of his own.
 */
export function openTrends(db: Database): (seconds: number) => Promise<Trends> {
  const windows = new Map<number, { readonly trends: Promise<Trends>; readonly since: number }>();
  return (seconds) => {
    const kept = windows.get(seconds);
    if (kept && performance.now() - kept.since < FRESH_MS) return kept.trends;
    const trends = countTrending(db, { seconds, limit: TRENDS_LIMIT });
    windows.delete(seconds);
    windows.set(seconds, { trends, since: performance.now() });
    trends.catch(() => windows.delete(seconds));
    if (windows.size > MOST_WINDOWS) windows.delete(windows.keys().next().value as number);
    return trends;
  };
}
