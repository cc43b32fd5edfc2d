import { componentOf } from "./groups.ts";
import { type Meeting, makeReasons, visitMeetings } from "./meetings.ts";
import { applyShape, type Shape, shareOf } from "./shape.ts";
import type { Signals } from "./signals.ts";
import { type BoundSpace, dotRow, rowAt } from "./spaces.ts";
import type { ComponentKind } from "./types.ts";

/** A path as plain numbers: enough to sort by, and to make its steps from once it is kept. */
export interface RawPath {
  readonly component: ComponentKind;
  /** Vector space of a path of TEXT or VECTOR, else −1. */
  readonly space: number;
  /** a·x within its group; 0 for behaviour, where several groups may share a path. */
  readonly mass: number;
  /** Its part of the score, a·x·f(z)/z; never 0. */
  readonly contribution: number;
  /** f(z − a·x) − f(z). */
  readonly delta: number;
  /** Place in the history that the path starts from. */
  readonly place: number;
  /** Place that its first step, a co-interaction, leads to; −1 where it starts with the graph. */
  readonly through: number;
  /** Weight of the item–item step, where there is one. */
  readonly similarity: number;
  /** First hop in `signals.hops`; −1 where none is walked. */
  readonly hop: number;
  /** Where the item's triple meets the history; null where no triple is walked. Shared by the paths of one triple. */
  readonly meeting: Meeting | null;
}

/**
 * Lists every path that carries a part of the item's score: j ⇒ i, j ~ i, j –r– i, j –r– e –r– i, and the latter
 * two behind a co-interaction, j ⇒ k. `masses` are those of `fillMasses`: a path's share of its group's part is
 * its share of the group's mass.
 */
export function listPaths(signals: Signals, item: number, masses: Float64Array): RawPath[] {
  const list = new PathList(signals, item, masses);
  list.addBehaviour();
  signals.spaces.forEach((_, space) => {
    list.addSpace(space);
  });
  list.addKnowledge();
  return list.paths;
}

type Ends = Pick<RawPath, "place" | "through" | "similarity" | "hop" | "meeting">;

class PathList {
  readonly paths: RawPath[] = [];
  private readonly shares: Float64Array;

  constructor(
    private readonly signals: Signals,
    private readonly item: number,
    private readonly masses: Float64Array,
  ) {
    this.shares = masses.map((mass, group) => shareOf(signals.model.shapeOf(group), mass));
  }

  /** One path per history item, whatever the number of sources and factors that speak for it. */
  addBehaviour(): void {
    const { model, history, own, behaviour } = this.signals;
    const factors = this.listFactors();
    for (let place = 0; place < own; place++) {
      if (history[place] === this.item) continue;
      let [contribution, delta, similarity] = [0, 0, 0];
      const add = (group: number, weight: number, mass: number) => {
        similarity += weight;
        contribution += mass * this.shares[group];
        delta += deltaWithout(model.shapeOf(group), this.masses[group], mass);
      };
      for (let source = 0; source < model.sources.length; source++) {
        const weight = model.sources[source].similarityOf(history[place], this.item);
        if (weight !== 0) add(source, weight, behaviour[source][place] * weight);
      }
      for (const { group, weigh, mass } of factors) {
        const weight = weigh(history[place]);
        if (weight !== 0) add(group, weight, mass[place] * weight);
      }
      if (contribution === 0) continue;
      const component = "BEHAVIOUR";
      const ends = { place, through: -1, similarity, hop: -1, meeting: null };
      this.paths.push({ component, space: -1, mass: 0, contribution, delta, ...ends });
    }
  }

  /** The spaces of behaviour that carry weight. */
  private listFactors() {
    const { model, spaces } = this.signals;
    return model.spaces.flatMap((space, at) => {
      const group = model.layout.firstSpace + at;
      if (space.kind !== "BEHAVIOUR" || this.shares[group] === 0) return [];
      return { group, weigh: weighLikeness(space, this.item), mass: spaces[at].mass };
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
      const ends = { place, through: -1, similarity, hop: -1, meeting: null };
      this.add(group, spaces[at].mass[place] * similarity, ends);
    }
  }

  addKnowledge(): void {
    const { hops } = this.signals;
    const isReason = makeReasons(this.signals, this.item);
    visitMeetings(this.signals, this.item, (visited) => {
      if (this.shares[visited.group] === 0) return;
      const meeting = { ...visited };
      if (meeting.slot < 0) {
        this.addFrom(meeting, meeting.place, meeting.mass, -1);
        return;
      }
      for (let hop = hops.first[meeting.slot]; hop >= 0; hop = hops.next[hop]) {
        const place = hops.place[hop];
        if (isReason(place)) this.addFrom(meeting, place, hops.weight[hop] * meeting.factor, hop);
      }
    });
  }

  /** Adds a path from a place; a place behind the history is reached from each item that leads to it. */
  private addFrom(meeting: Meeting, place: number, mass: number, hop: number): void {
    const { own, history, recency, model, damping } = this.signals;
    if (place < own) {
      this.add(meeting.group, mass, { place, through: -1, similarity: 0, hop, meeting });
      return;
    }
    const reach = model.config.reach * (damping?.entity(history[place]) ?? 1);
    const perWeight = (mass / recency[place]) * reach;
    for (let from = 0; from < own; from++) {
      const similarity = model.sources[0].similarityOf(history[from], history[place]);
      if (similarity === 0) continue;
      const share = perWeight * recency[from] * similarity;
      this.add(meeting.group, share, { place: from, through: place, similarity, hop, meeting });
    }
  }

  private add(group: number, mass: number, ends: Ends): void {
    const contribution = mass * this.shares[group];
    if (contribution === 0) return;
    const { layout } = this.signals.model;
    const space = group >= layout.firstSpace && group < layout.firstRelation ? group - layout.firstSpace : -1;
    const delta = deltaWithout(this.signals.model.shapeOf(group), this.masses[group], mass);
    this.paths.push({ component: componentOf(layout, group), space, mass, contribution, delta, ...ends });
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

/** f(z − x) − f(z). */
export function deltaWithout(shape: Shape, mass: number, gone: number): number {
  return applyShape(shape, mass - gone) - applyShape(shape, mass);
}
