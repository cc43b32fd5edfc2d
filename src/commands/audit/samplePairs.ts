import { createRanker, type Ranker } from "../../ranker/createRanker.ts";
import type { RankedItem } from "../../ranker/rank.ts";
import type { Signals } from "../../ranker/signals.ts";
import { TOP } from "../../recommend/counterfactual.ts";
import type { Audited, Pair } from "./types.ts";

/** Paths that an explanation keeps in the audit. */
export const EVIDENCE = 500;

/** A user's history as the ranker sees it, and the best items for it, one more than count as recommended. */
export interface Visit {
  readonly history: readonly number[];
  readonly signals: Signals;
  readonly top: readonly RankedItem[];
}

/** Ranks for one user of the histories, newest interaction first. */
export function visitUser({ graph, histories }: Audited, ranker: Ranker, user: number): Visit {
  const rows = histories.item.subarray(histories.offsets[user], histories.offsets[user + 1]);
  const history = Array.from(rows).reverse();
  const signals = ranker.collect(history, histories.ordered);
  const seen = new Set(history);
  const accepts = (item: number) => graph.isItem(item) && !seen.has(item);
  return { history, signals, top: ranker.rank(signals, { accepts }).slice(0, TOP + 1) };
}

/** Draws users, and for each one of the ten best items or any item of the graph, half and half. */
export function samplePairs(audited: Audited, count: number, random: () => number): Pair[] {
  const { graph, histories, info, model } = audited;
  const ranker = createRanker(info, model, graph);
  const items = Array.from({ length: graph.size }, (_, index) => index).filter((index) =>
    graph.isItem(index),
  );
  const users = histories.offsets.length - 1;
  const pairs: Pair[] = [];
  while (users > 0 && items.length > 0 && pairs.length < count) {
    const user = Math.floor(random() * users);
    const { signals, top } = visitUser(audited, ranker, user);
    const recommended = pairs.length % 2 === 0 && top.length > 0;
    const pool = recommended ? top.slice(0, TOP).map(({ item }) => item) : items;
    const item = pool[Math.floor(random() * pool.length)];
    pairs.push({ user, signals, item, top, recommended, scored: ranker.explain(signals, item, EVIDENCE) });
  }
  return pairs;
}
