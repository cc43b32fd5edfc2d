import type { Graph } from "../../kg/types.ts";
import type { BoundModel } from "../bindModel.ts";
import { findCandidates } from "../candidates.ts";
import type { Histories } from "../model.ts";
import { fillMasses, makeMasses, spreadBehaviour } from "../score.ts";
import { collectSignals } from "../signals.ts";

/** One user of the validation set: the candidates' masses in compressed rows, the held-out items first. */
export interface Case {
  /** [C + 1] */
  readonly offsets: Int32Array;
  readonly group: Uint16Array;
  /** Never 0. */
  readonly mass: Float64Array;
  /** Rows 0…targets−1 are the held-out items. */
  readonly targets: number;
}

const MAX_ROWS = 300;

/**
 * Makes the case of one user: the candidates that serving would rank, without the history, and the held-out
 * items, whether they were found or not. Null where nothing was held out.
 */
export function makeCase(
  model: BoundModel,
  graph: Graph,
  train: Histories,
  held: Histories,
  user: number,
): Case | null {
  const targets = [...new Set(held.item.subarray(held.offsets[user], held.offsets[user + 1]))];
  const history = [...train.item.subarray(train.offsets[user], train.offsets[user + 1])].reverse();
  if (targets.length === 0 || history.length === 0) return null;
  const signals = collectSignals(model, graph, history, train.ordered);
  const spreads = spreadBehaviour(signals);
  const seen = new Set(history);
  const candidates = findCandidates(signals, spreads, (item) => graph.isItem(item) && !seen.has(item));
  const wanted = new Set(targets);
  const others = thin(candidates.filter((item) => !wanted.has(item)));
  const masses = makeMasses(signals);
  return compress([...targets, ...others], targets.length, (item) => {
    fillMasses(signals, spreads, item, masses);
    return masses;
  });
}

function compress(items: readonly number[], targets: number, fill: (item: number) => Float64Array): Case {
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
  return { offsets, group: Uint16Array.from(group), mass: Float64Array.from(mass), targets };
}

/** Keeps the strongest half of the places and an even choice of the rest. */
export function thin(candidates: readonly number[], most = MAX_ROWS): readonly number[] {
  if (candidates.length <= most) return candidates;
  const head = candidates.slice(0, most / 2);
  const rest = candidates.slice(most / 2);
  const stride = rest.length / (most / 2);
  for (let place = 0; place < most / 2; place++) head.push(rest[Math.floor(place * stride)]);
  return head;
}
