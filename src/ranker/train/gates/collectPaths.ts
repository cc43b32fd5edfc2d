import { visitMeetings } from "../../meetings.ts";
import { fillMasses, makeMasses, spreadBehaviour } from "../../score.ts";
import type { Signals } from "../../signals.ts";

/** The paths of one user's rows, as columns: of shared entities and history items gated, of the rest not. */
export interface UserPaths {
  readonly rows: number;
  /** Rows 0…targets−1 are the held-out items. */
  readonly targets: number;
  /** Rows 0…found−1 are those of them that serving would find. */
  readonly found: number;
  readonly row: Int32Array;
  readonly group: Uint16Array;
  /** Position of the entity where the paths meet the history; −1 where the group is not gated. */
  readonly meeting: Int32Array;
  readonly mass: Float32Array;
  /** Positions of the history's items, newest first, and their ρ. */
  readonly history: Int32Array;
  readonly recency: Float64Array;
}

/** Collects what the gates weigh: one entry per row, group and meeting, before any gate. */
export function collectPaths(
  signals: Signals,
  items: readonly number[],
  counts: { readonly targets: number; readonly found: number },
): UserPaths {
  const { model, history, own, recency } = signals;
  const spreads = spreadBehaviour(signals);
  const masses = makeMasses(signals);
  const [row, group, meeting, mass]: number[][] = [[], [], [], []];
  items.forEach((item, place) => {
    const add = (of: number, at: number, value: number) => {
      if (value === 0) return;
      row.push(place);
      group.push(of);
      meeting.push(at);
      mass.push(value);
    };
    fillMasses(signals, spreads, item, masses);
    // What has no meeting of its own: popularity, and the vector spaces, where every item of the history has a part.
    for (const of of [model.layout.popularity, model.layout.recent]) add(of, -1, masses[of]);
    for (let of = model.layout.firstSpace; of < model.layout.firstRelation; of++) add(of, -1, masses[of]);
    model.sources.forEach((source, of) => {
      for (let at = 0; at < own; at++) {
        const weight = source.similarityOf(history[at], item);
        if (weight !== 0) add(of, model.positionOf(history[at]), signals.behaviour[of][at] * weight);
      }
    });
    visitMeetings(signals, item, (one) => add(one.group, model.positionOf(one.entity), one.mass));
  });
  return {
    ...{ rows: items.length, ...counts },
    row: Int32Array.from(row),
    group: Uint16Array.from(group),
    meeting: Int32Array.from(meeting),
    mass: Float32Array.from(mass),
    history: history.subarray(0, own).map((index) => model.positionOf(index)),
    recency: recency.subarray(0, own),
  };
}
