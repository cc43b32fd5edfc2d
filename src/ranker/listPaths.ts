import { findMeetings, makeReasons } from "./meetings.ts";
import { deltaWithout, type PathTable, SEVERAL } from "./PathTable.ts";
import { shareOf } from "./shape.ts";
import type { Signals } from "./signals.ts";
import { type BoundSpace, dotRow, rowAt } from "./spaces.ts";

/**
 * Lists every path that carries a part of the item's score: j ⇒ i, j ~ i, j –r– i, j –r– e –r– i, and the latter
 * two behind a co-interaction, j ⇒ k. `masses` are those of `fillMasses`: a path's share of its group's part is
 * its share of the group's mass. The table is the model's scratch: it holds until the next call.
 */
export function listPaths(signals: Signals, item: number, masses: Float64Array): PathTable {
  const list = new PathList(signals, item, masses);
  list.addBehaviour();
  for (let space = 0; space < signals.spaces.length; space++) list.addSpace(space);
  list.addKnowledge();
  return list.table;
}

/** A space of behaviour that carries weight. */
interface Factor {
  readonly group: number;
  readonly space: number;
  readonly weigh: (index: number) => number;
}

class PathList {
  readonly table: PathTable;
  private readonly shares: Float64Array;
  private readonly factors: readonly Factor[];
  /** The sources that say anything of any item. */
  private readonly speaking: readonly number[];

  constructor(
    private readonly signals: Signals,
    private readonly item: number,
    private readonly masses: Float64Array,
  ) {
    const { model } = signals;
    this.shares = masses.map((mass, group) => shareOf(model.shapeOf(group), mass));
    this.table = model.scratch.paths;
    this.factors = this.listFactors();
    this.speaking = [...signals.spreads.keys()].filter((source) => signals.spreads[source].items.length > 0);
    this.table.begin(model, masses, (place) => this.deltaFrom(place));
    findMeetings(signals, item);
  }

  /** One path per history item, whatever the number of sources and factors that speak for it. */
  addBehaviour(): void {
    const { model, history, own, behaviour, spaces } = this.signals;
    for (let place = 0; place < own; place++) {
      const from = history[place];
      if (from === this.item) continue;
      let [contribution, similarity] = [0, 0];
      for (const source of this.speaking) {
        const weight = model.sources[source].similarityOf(from, this.item);
        if (weight === 0) continue;
        similarity += weight;
        contribution += behaviour[source][place] * weight * this.shares[source];
      }
      for (const { group, space, weigh } of this.factors) {
        const weight = weigh(from);
        similarity += weight;
        contribution += spaces[space].mass[place] * weight * this.shares[group];
      }
      if (contribution === 0) continue;
      const row = this.table.add(SEVERAL, place, contribution);
      this.table.similarity[row] = similarity;
    }
  }

  /** f(z − a·x) − f(z) over all groups that have a part in the path of behaviour from a place. */
  private deltaFrom(place: number): number {
    const { model, history, behaviour, spaces } = this.signals;
    const from = history[place];
    let delta = 0;
    const add = (group: number, mass: number) => {
      delta += deltaWithout(model.shapeOf(group), this.masses[group], mass);
    };
    for (const source of this.speaking) {
      const weight = model.sources[source].similarityOf(from, this.item);
      if (weight !== 0) add(source, behaviour[source][place] * weight);
    }
    for (const { group, space, weigh } of this.factors) {
      add(group, spaces[space].mass[place] * weigh(from));
    }
    return delta;
  }

  private listFactors(): Factor[] {
    const { model } = this.signals;
    return model.spaces.flatMap((bound, space) => {
      const group = model.layout.firstSpace + space;
      if (bound.kind !== "BEHAVIOUR" || this.shares[group] === 0) return [];
      return { group, space, weigh: weighLikeness(bound, this.item) };
    });
  }

  /** One path per history item, in a space of text or vectors. */
  addSpace(at: number): void {
    const { model, history, own, spaces } = this.signals;
    const group = model.layout.firstSpace + at;
    if (model.spaces[at].kind === "BEHAVIOUR" || this.shares[group] === 0) return;
    const weigh = weighLikeness(model.spaces[at], this.item);
    for (let place = 0; place < own; place++) {
      const similarity = history[place] === this.item ? 0 : weigh(history[place]);
      const row = this.add(group, place, spaces[at].mass[place] * similarity);
      if (row >= 0) this.table.similarity[row] = similarity;
    }
  }

  addKnowledge(): void {
    const { hops } = this.signals;
    const { meetings } = this.table;
    const { first, next, place: placeOf } = hops;
    const isReason = hops.placeOf(this.item) >= 0 ? makeReasons(this.signals, this.item) : null;
    for (let meeting = 0; meeting < meetings.count; meeting++) {
      if (this.shares[meetings.group[meeting]] === 0) continue;
      const slot = meetings.slot[meeting];
      if (slot < 0) this.addFrom(meeting, meetings.place[meeting], -1);
      else {
        for (let hop = first[slot]; hop >= 0; hop = next[hop]) {
          const place = placeOf[hop];
          if (isReason === null || isReason(place)) this.addFrom(meeting, place, hop);
        }
      }
    }
  }

  /** Adds a path from a place; a place behind the history is reached from each item that leads to it. */
  private addFrom(meeting: number, place: number, hop: number): void {
    const { own, history, recency, model, damping, hops } = this.signals;
    const { meetings } = this.table;
    const mass = hop < 0 ? meetings.mass[meeting] : hops.weight[hop] * meetings.factor[meeting];
    if (place < own) {
      const row = this.add(meetings.group[meeting], place, mass);
      if (row >= 0) this.addOver(meeting, hop, row);
      return;
    }
    const reach = model.config.reach * (damping?.entity(history[place]) ?? 1);
    const perWeight = (mass / recency[place]) * reach;
    for (let from = 0; from < own; from++) {
      const similarity = model.sources[0].similarityOf(history[from], history[place]);
      if (similarity === 0) continue;
      const row = this.add(meetings.group[meeting], from, perWeight * recency[from] * similarity);
      if (row < 0) continue;
      this.addOver(meeting, hop, row);
      this.table.through[row] = place;
      this.table.similarity[row] = similarity;
    }
  }

  /** Says of a path that it walks a hop and the triple of a meeting. */
  private addOver(meeting: number, hop: number, row: number): void {
    this.table.hop[row] = hop;
    this.table.meeting[row] = meeting;
  }

  /** Gives the row of the path, −1 where it carries nothing. */
  private add(group: number, place: number, mass: number): number {
    const contribution = mass * this.shares[group];
    if (contribution === 0) return -1;
    const row = this.table.add(group, place, contribution);
    this.table.mass[row] = mass;
    return row;
  }
}

/** ⟨from_j, to_item⟩ by entity index j; 0 where one of the two has no vector. */
function weighLikeness({ rowOf, from, to, dim }: BoundSpace, item: number): (index: number) => number {
  const row = rowOf(item);
  if (row < 0) return () => 0;
  const end = rowAt(to, row, dim);
  return (index) => {
    const start = rowOf(index);
    return start < 0 ? 0 : dotRow(end, from, start, dim);
  };
}
