import type { Graph } from "../../kg/types.ts";
import type { BoundModel } from "../bindModel.ts";
import { findCandidates } from "../candidates.ts";
import type { Histories } from "../model.ts";
import { fillMasses, makeMasses } from "../score.ts";
import { collectSignals, type Signals } from "../signals.ts";
import { measureUser } from "./measureUser.ts";

const MAX_ROWS = 300; // that are learned from, besides the held-out items

/**
 * One user of the validation set: the candidates' masses in compressed rows. The held-out items come first, those that
 * serving would find before those that it would not; then the other candidates, in the order in which they were found.
 */
export interface Case {
  /** [C + 1] */
  readonly offsets: Int32Array;
  readonly group: Uint16Array;
  /** Never 0. */
  readonly mass: Float64Array;
  /** Rows 0…targets−1 are the held-out items. */
  readonly targets: number;
  /** Rows 0…found−1 are those of them that are candidates. */
  readonly found: number;
}

/** What a user is asked for: held-out items that serving would find, those that it would not, other candidates. */
export interface AskedRows {
  readonly signals: Signals;
  /** Entity indices. */
  readonly items: readonly number[];
  readonly targets: number;
  readonly found: number;
}

/**
 * Makes the rows of one user: the candidates that serving would rank, without the history, and the held-out
 * items, whether they were found or not. Null where nothing was held out.
 */
export function makeRows(
  model: BoundModel,
  graph: Graph,
  train: Histories,
  held: Histories,
  user: number,
): AskedRows | null {
  const targets = [...new Set(held.item.subarray(held.offsets[user], held.offsets[user + 1]))];
  const history = [...train.item.subarray(train.offsets[user], train.offsets[user + 1])].reverse();
  if (targets.length === 0 || history.length === 0) return null;
  const signals = collectSignals(model, graph, history, { ordered: train.ordered });
  const seen = new Set(history);
  const candidates = findCandidates(signals, (item) => graph.isItem(item) && !seen.has(item));
  const wanted = new Set(targets);
  const found = candidates.filter((item) => wanted.has(item));
  const missed = targets.filter((item) => !found.includes(item));
  const others = candidates.filter((item) => !wanted.has(item));
  const items = [...found, ...missed, ...others];
  return { signals, items, targets: targets.length, found: found.length };
}

/** Takes the masses of one user's rows. */
export function makeCase({ signals, items, targets, found }: AskedRows): Case {
  const masses = makeMasses(signals);
  const rows = compress(items, (item) => {
    fillMasses(signals, item, masses);
    return masses;
  });
  return { ...rows, targets, found };
}

function compress(
  items: readonly number[],
  fill: (item: number) => Float64Array,
): Pick<Case, "offsets" | "group" | "mass"> {
  const offsets = new Int32Array(items.length + 1);
  const group: number[] = [];
  const mass: number[] = [];
  items.forEach((item, place) => {
    const masses = fill(item);
    for (let at = 0; at < masses.length; at++) {
      if (masses[at] === 0) continue;
      group.push(at);
      mass.push(masses[at]);
    }
    offsets[place + 1] = group.length;
  });
  return { offsets, group: Uint16Array.from(group), mass: Float64Array.from(mass) };
}

/** The rows to learn from: the held-out items, and of the others the strongest half and an even choice of the rest. */
export function thinRows(
  { targets, rows: count }: { readonly targets: number; readonly rows: number },
  most = MAX_ROWS,
): readonly number[] {
  const rows = Array.from({ length: count }, (_, row) => row);
  const others = rows.slice(targets);
  if (others.length <= most) return rows;
  const rest = others.slice(most / 2);
  const stride = rest.length / (most / 2);
  const chosen = Array.from({ length: most / 2 }, (_, place) => rest[Math.floor(place * stride)]);
  return [...rows.slice(0, targets), ...others.slice(0, most / 2), ...chosen];
}

/** nDCG@10 of the case under `scoreRow`; a held-out item that is no candidate is missed. */
export function measureCase(
  { offsets, targets, found }: Case,
  scoreRow: (start: number, end: number) => number,
): number {
  const scores = new Float64Array(offsets.length - 1);
  for (let row = 0; row < scores.length; row++) scores[row] = scoreRow(offsets[row], offsets[row + 1]);
  return measureUser(scores, targets, found);
}
