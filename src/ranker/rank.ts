import { findCandidates } from "./candidates.ts";
import { diversify } from "./diversify.ts";
import { orderByScore } from "./orderByScore.ts";
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
  const { interactionsOf } = signals.model;
  const masses = makeMasses(signals);
  const speaks = findSpeaking(signals, masses.length);
  const found = findCandidates(signals, accepts);
  const items = also.length > 0 ? [...new Set([...found, ...also])] : found;
  const scores = new Float64Array(items.length);
  const personal = new Uint8Array(items.length);
  for (let at = 0; at < items.length; at++) {
    fillMasses(signals, items[at], masses);
    const score = fuse(signals, masses);
    scores[at] = boost ? score + boost(items[at]) : score;
    personal[at] = isPersonal(masses, speaks) ? 1 : 0;
  }
  const before = (a: number, b: number) => {
    const more = interactionsOf(items[a]) - interactionsOf(items[b]);
    return more > 0 || (more === 0 && items[a] < items[b]);
  };
  const ranked: RankedItem[] = [];
  for (const at of orderByScore(scores, before)) {
    if (scores[at] > Number.NEGATIVE_INFINITY) {
      ranked.push({ item: items[at], score: scores[at], personal: personal[at] === 1 });
    }
  }
  return diversity > 0 ? diversify(signals.graph, ranked, diversity) : ranked;
}

/** 1 for each group that speaks of the history: all that carry weight but popularity. */
function findSpeaking({ model: { layout, shapeOf } }: Signals, groups: number): Uint8Array {
  return Uint8Array.from({ length: groups }, (_, group) =>
    group !== layout.popularity && group !== layout.recent && slopeAtZero(shapeOf(group)) !== 0 ? 1 : 0,
  );
}

function isPersonal(masses: Float64Array, speaks: Uint8Array): boolean {
  for (let group = 0; group < masses.length; group++) {
    if (masses[group] !== 0 && speaks[group] === 1) return true;
  }
  return false;
}
