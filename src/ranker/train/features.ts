import type { Graph } from "../../kg/types.ts";
import type { BoundModel } from "../bindModel.ts";
import { findCandidates } from "../candidates.ts";
import { visitMeetings } from "../meetings.ts";
import type { FusionWeights, Histories } from "../model.ts";
import type { Spread } from "../Spread.ts";
import { spreadBehaviour } from "../score.ts";
import { collectSignals, type Signals } from "../signals.ts";

/** Columns: behaviour, popularity, direct triples, then one per relation of the graph. */
export const FIXED_COLUMNS = 3;

/** One user of the validation set: the candidates' features in compressed rows, the held-out items first. */
export interface Case {
  /** [C + 1] */
  readonly offsets: Int32Array;
  readonly column: Uint16Array;
  /** Never 0. */
  readonly value: Float64Array;
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
  const behaviour = spreadBehaviour(signals);
  const seen = new Set(history);
  const candidates = findCandidates(signals, behaviour, (item) => graph.isItem(item) && !seen.has(item));
  const wanted = new Set(targets);
  const others = thin(candidates.filter((item) => !wanted.has(item)));
  const rows = [...targets, ...others];
  return compress(rows, FIXED_COLUMNS + graph.relations.length, targets.length, (item, out) =>
    fillFeatures(signals, behaviour, item, out),
  );
}

function compress(
  items: readonly number[],
  columns: number,
  targets: number,
  fill: (item: number, out: Float64Array) => void,
): Case {
  const row = new Float64Array(columns);
  const offsets = new Int32Array(items.length + 1);
  const column: number[] = [];
  const value: number[] = [];
  items.forEach((item, place) => {
    fill(item, row.fill(0));
    for (let at = 0; at < columns; at++) {
      if (row[at] === 0) continue;
      column.push(at);
      value.push(row[at]);
    }
    offsets[place + 1] = column.length;
  });
  return { offsets, column: Uint16Array.from(column), value: Float64Array.from(value), targets };
}

/** Keeps the strongest half of the places and an even choice of the rest. */
function thin(candidates: readonly number[]): readonly number[] {
  if (candidates.length <= MAX_ROWS) return candidates;
  const head = candidates.slice(0, MAX_ROWS / 2);
  const rest = candidates.slice(MAX_ROWS / 2);
  const stride = rest.length / (MAX_ROWS / 2);
  for (let place = 0; place < MAX_ROWS / 2; place++) head.push(rest[Math.floor(place * stride)]);
  return head;
}

/** The parts of one item, split as finely as there are weights to learn. */
export function fillFeatures(signals: Signals, behaviour: Spread, item: number, out: Float64Array): void {
  out[0] = behaviour.valueOf(item);
  out[1] = signals.model.popularity(item);
  visitMeetings(signals, item, (meeting) => {
    out[meeting.slot < 0 ? 2 : FIXED_COLUMNS + meeting.relation] += meeting.value;
  });
}

/**
 * Folds one weight per column into the fusion weights: ω_K is the mean of the relations, they are relative. A
 * column that training has not seen (NaN) weighs as much as the mean: triples of its kind may come later.
 */
export function toFusionWeights(columns: ArrayLike<number>, graph: Graph): FusionWeights {
  const relations = graph.relations.map((_, relation) => columns[FIXED_COLUMNS + relation]);
  const used = [columns[2], ...relations].filter((weight) => weight > 0);
  const knowledge = used.length > 0 ? used.reduce((sum, weight) => sum + weight, 0) / used.length : 0;
  const unseen = knowledge > 0 ? 1 : 0;
  const relative = (weight: number) => (knowledge > 0 && !Number.isNaN(weight) ? weight / knowledge : unseen);
  return {
    bias: 0,
    behaviour: columns[0] || 0,
    item: columns[1] || 0,
    knowledge,
    direct: relative(columns[2]),
    relations: Object.fromEntries(
      graph.relations.map((relation, index) => [relation.key, relative(relations[index])]),
    ),
    otherRelation: unseen,
  };
}
