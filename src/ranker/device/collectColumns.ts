import { findMeetings } from "../meetings.ts";
import { fillMasses, makeMasses } from "../score.ts";
import type { Signals } from "../signals.ts";
import { dotRow, rowAt } from "../spaces.ts";

/** The paths of one user's rows before any gate, as columns of length N; a row is a scored item. */
export interface PathColumns {
  readonly rows: number;
  readonly row: Int32Array;
  readonly group: Uint16Array;
  /** Position in the model's statistics of the entity where the paths meet the history; −1 for none. */
  readonly meeting: Int32Array;
  readonly mass: Float32Array;
}

/**
 * Collects the paths from a history to `items`: one entry per item, group and meeting, of signals that were collected
 * without gates. Popularity has no meeting. A vector space, where every item of the history has a part, is one entry
 * without a meeting, unless its group `isGated`.
 */
export function collectColumns(
  signals: Signals,
  items: readonly number[],
  isGated: (group: number) => boolean = () => false,
): PathColumns {
  const { model, history, own } = signals;
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
    fillMasses(signals, item, masses);
    for (const of of [model.layout.popularity, model.layout.recent]) add(of, -1, masses[of]);
    model.spaces.forEach((space, number) => {
      const of = model.layout.firstSpace + number;
      const to = isGated(of) ? space.rowOf(item) : -1;
      if (!isGated(of)) add(of, -1, masses[of]);
      for (let at = 0; at < own && to >= 0; at++) {
        const from = space.rowOf(history[at]);
        if (from < 0 || history[at] === item) continue;
        const likeness = dotRow(rowAt(space.from, from, space.dim), space.to, to, space.dim);
        add(of, model.positionOf(history[at]), signals.spaces[number].mass[at] * likeness);
      }
    });
    model.sources.forEach((source, of) => {
      for (let at = 0; at < own; at++) {
        const weight = source.similarityOf(history[at], item);
        if (weight !== 0) add(of, model.positionOf(history[at]), signals.behaviour[of][at] * weight);
      }
    });
    const met = findMeetings(signals, item);
    for (let one = 0; one < met.count; one++) {
      add(met.group[one], model.positionOf(met.entityAt(one)), met.mass[one]);
    }
  });
  return {
    rows: items.length,
    row: Int32Array.from(row),
    group: Uint16Array.from(group),
    meeting: Int32Array.from(meeting),
    mass: Float32Array.from(mass),
  };
}
