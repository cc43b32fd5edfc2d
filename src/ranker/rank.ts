import { findCandidates } from "./candidates.ts";
import { diversify } from "./diversify.ts";
import { fillMasses, fuse, makeMasses } from "./score.ts";
import { slopeAtZero } from "./shape.ts";
import type { Signals } from "./signals.ts";

/** One ranked item: entity index, score, and whether the history has any part in it. */
export interface RankedItem {
  readonly item: number;
  readonly score: number;
  /** False where popularity alone made the score. */
  readonly personal: boolean;
}

export interface RankOptions {
  /** Asked of each item found, maybe more than once; history, filters and exclusions are the caller's. */
  readonly accepts: (item: number) => boolean;
  /** 0..1: how much an item that shares entities with a better one steps back; 0 keeps the order of scores. */
  readonly diversity?: number;
  /** Accepted items that are to be ranked, found or not. */
  readonly also?: readonly number[];
  /** What the caller adds to the score of an item. */
  readonly boost?: ((item: number) => number) | null;
}

/**
 * Ranks the candidates of a history: best score first; of equal ones, such as those that nothing but
 * popularity offers under a model that gives it no weight, the more popular first. Evidence is made afterwards, by
 * `explainItem`, for the items that are shown. Cost: one look-up per triple of each candidate.
 */
export function rank(
  signals: Signals,
  { accepts, diversity = 0, also = [], boost = null }: RankOptions,
): RankedItem[] {
  const { layout, interactionsOf, shapeOf } = signals.model;
  const masses = makeMasses(signals);
  const found = findCandidates(signals, accepts);
  const candidates = also.length > 0 ? new Set([...found, ...also]) : found;
  const ranked: RankedItem[] = Array.from(candidates, (item) => {
    fillMasses(signals, item, masses);
    const personal = masses.some(
      (mass, group) =>
        mass !== 0 &&
        group !== layout.popularity &&
        group !== layout.recent &&
        slopeAtZero(shapeOf(group)) !== 0,
    );
    return { item, score: fuse(signals, masses) + (boost?.(item) ?? 0), personal };
  });
  ranked.sort(
    (a, b) => b.score - a.score || interactionsOf(b.item) - interactionsOf(a.item) || a.item - b.item,
  );
  return diversity > 0 ? diversify(signals.graph, ranked, diversity) : ranked;
}
