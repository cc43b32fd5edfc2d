import { findMeetings, makeReasons } from "./meetings.ts";
import { deltaWithout, type PathTable, SEVERAL } from "./PathTable.ts";
import { shareOf } from "./shape.ts";
import type { Signals } from "./signals.ts";
import { type BoundSpace, dotRow, rowAt } from "./spaces.ts";

/**
 * Lists every path that carries a part of the item's score: j ⇒ i, j ~ i, j –r– i, j –r– e –r– i, and the latter
 * two behind a co-interaction, j ⇒ k. `masses` are those of `fillMasses`: a path's share of its group's part is
 * its share of the group's mass. The table is the signals' own: it holds until the next call.
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

  constructor(
    private readonly signals: Signals,
    private readonly item: number,
    private readonly masses: Float64Array,
  ) {
    const { model } = signals;
    this.shares = masses.map((mass, group) => shareOf(model.shapeOf(group), mass));
    this.table = signals.paths;
    this.table.begin(masses);
    findMeetings(signals, item);
  }

  /** One path per history item, whatever the number of sources and factors that speak for it. */
  addBehaviour(): void {
    const { history, own } = this.signals;
    const factors = this.listFactors();
    for (let place = 0; place < own; place++) {
      if (history[place] !== this.item) this.addBehaviourFrom(place, factors);
    }
  }

  private addBehaviourFrom(place: number, factors: readonly Factor[]): void {
    const { model, history, behaviour, spaces } = this.signals;
    const [from, parts] = [history[place], { contribution: 0, delta: 0, similarity: 0 }];
    for (let source = 0; source < model.sources.length; source++) {
      const weight = model.sources[source].similarityOf(from, this.item);
      if (weight !== 0) this.addPart(parts, source, [weight, behaviour[source][place]]);
    }
    for (const { group, space, weigh } of factors) {
      const weight = weigh(from);
      if (weight !== 0) this.addPart(parts, group, [weight, spaces[space].mass[place]]);
    }
    if (parts.contribution === 0) return;
    const row = this.table.add(SEVERAL, place, parts.contribution);
    this.table.delta[row] = parts.delta;
    this.table.similarity[row] = parts.similarity;
  }

  private addPart(
    parts: { contribution: number; delta: number; similarity: number },
    group: number,
    [weight, recency]: readonly [number, number],
  ): void {
    const mass = recency * weight;
    parts.similarity += weight;
    parts.contribution += mass * this.shares[group];
    parts.delta += deltaWithout(this.signals.model.shapeOf(group), this.masses[group], mass);
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
    const isReason = makeReasons(this.signals, this.item);
    for (let meeting = 0; meeting < meetings.count; meeting++) {
      if (this.shares[meetings.group[meeting]] === 0) continue;
      const slot = meetings.slot[meeting];
      if (slot < 0) this.addFrom(meeting, meetings.place[meeting], -1);
      else {
        for (let hop = hops.first[slot]; hop >= 0; hop = hops.next[hop]) {
          if (isReason(hops.place[hop])) this.addFrom(meeting, hops.place[hop], hop);
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
      this.addOver(meeting, hop, this.add(meetings.group[meeting], place, mass));
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

  /** Says of a path, where there is one, that it walks a hop and the triple of a meeting. */
  private addOver(meeting: number, hop: number, row: number): void {
    if (row < 0) return;
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
