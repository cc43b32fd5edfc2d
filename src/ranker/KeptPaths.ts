import { componentOf, spaceOf } from "./groups.ts";
import { makeSteps, type WalkedPath } from "./makeSteps.ts";
import { deltaWithout, type PathTable, SEVERAL } from "./PathTable.ts";
import type { Signals } from "./signals.ts";
import type { ComponentKind, Evidence, PathStep } from "./types.ts";

// What is kept of a path in whole numbers, and in fractions.
const [GROUP, PLACE, THROUGH, HOP, RELATION, ENTITY, INVERSE, WHOLE] = [0, 1, 2, 3, 4, 5, 6, 7];
const [MASS, CONTRIBUTION, DELTA, SIMILARITY, TRIPLE, FACTOR, FRACTIONS] = [0, 1, 2, 3, 4, 5, 6];

/**
 * The paths of an item that are kept as evidence, copied out of the table, which the next item uses again. They are rows of
 * numbers, from which what a path says is made when it is asked for: of the many that are kept, few are shown.
 */
export class KeptPaths {
  readonly #signals: Signals;
  readonly #item: number;
  readonly #masses: Float64Array;
  /** Σ|contribution| of the item. */
  readonly #total: number;
  readonly #whole: Int32Array;
  readonly #fractions: Float64Array;

  /** Keeps the paths of `item` at `rows` of the table. */
  constructor(
    signals: Signals,
    item: number,
    { paths, rows, total }: { readonly paths: PathTable; readonly rows: Int32Array; readonly total: number },
  ) {
    this.#signals = signals;
    this.#item = item;
    this.#masses = paths.masses;
    this.#total = total;
    this.#whole = new Int32Array(WHOLE * rows.length);
    this.#fractions = new Float64Array(FRACTIONS * rows.length);
    for (let at = 0; at < rows.length; at++) this.#keep(paths, rows[at], at);
  }

  /** Evidence of each, in their order. */
  list(): Evidence[] {
    return Array.from({ length: this.#whole.length / WHOLE }, (_, at) => new PathEvidence(this, at));
  }

  #keep(paths: PathTable, row: number, at: number): void {
    const { meetings } = paths;
    const [meeting, group] = [paths.meeting[row], paths.group[row]];
    const [whole, fractions] = [WHOLE * at, FRACTIONS * at];
    this.#whole[whole + GROUP] = group;
    this.#whole[whole + PLACE] = paths.place[row];
    this.#whole[whole + THROUGH] = paths.through[row];
    this.#whole[whole + HOP] = paths.hop[row];
    this.#whole[whole + RELATION] = -1;
    this.#fractions[fractions + MASS] = paths.mass[row];
    this.#fractions[fractions + CONTRIBUTION] = paths.contribution[row];
    this.#fractions[fractions + SIMILARITY] = paths.similarity[row];
    // Of now: what behaviour says may be another one when it is asked for.
    if (group === SEVERAL) this.#fractions[fractions + DELTA] = paths.deltaAt(row);
    if (meeting < 0) return;
    this.#whole[whole + RELATION] = meetings.relationAt(meeting);
    this.#whole[whole + ENTITY] = meetings.entityAt(meeting);
    this.#whole[whole + INVERSE] = meetings.isInverse(meeting) ? 1 : 0;
    this.#fractions[fractions + TRIPLE] = meetings.tripleAt(meeting);
    this.#fractions[fractions + FACTOR] = meetings.factor[meeting];
  }

  componentAt(at: number): ComponentKind {
    return componentOf(this.#signals.model.layout, this.#whole[WHOLE * at + GROUP]);
  }

  vectorsAt(at: number): string | null {
    const { layout } = this.#signals.model;
    const space = spaceOf(layout, this.#whole[WHOLE * at + GROUP]);
    return space < 0 ? null : layout.spaces[space].name;
  }

  contributionAt(at: number): number {
    return this.#fractions[FRACTIONS * at + CONTRIBUTION];
  }

  attentionAt(at: number): number {
    return this.#total > 0 ? Math.abs(this.contributionAt(at)) / this.#total : 0;
  }

  /** f(z − a·x) − f(z). */
  deltaAt(at: number): number {
    const group = this.#whole[WHOLE * at + GROUP];
    if (group === SEVERAL) return this.#fractions[FRACTIONS * at + DELTA];
    const mass = this.#fractions[FRACTIONS * at + MASS];
    return deltaWithout(this.#signals.model.shapeOf(group), this.#masses[group], mass);
  }

  /** What is left of a path's mass: the same factors that `collectSignals` and `findMeetings` put into it. */
  dampingAt(at: number): number {
    const { damping, history } = this.#signals;
    if (!damping) return 1;
    const { place, through, hop, meeting } = this.#pathAt(at);
    const ends = damping.entity(history[place]) * (through < 0 ? 1 : damping.entity(history[through]));
    if (!meeting) return ends;
    const middle = hop < 0 ? 1 : damping.entity(meeting.entity);
    return ends * middle * damping.over(meeting.relation, meeting.entity);
  }

  stepsAt(at: number): PathStep[] {
    return makeSteps(this.#signals, this.#item, this.#pathAt(at));
  }

  #pathAt(at: number): WalkedPath {
    const [whole, fractions] = [WHOLE * at, FRACTIONS * at];
    const relation = this.#whole[whole + RELATION];
    return {
      component: this.componentAt(at),
      place: this.#whole[whole + PLACE],
      through: this.#whole[whole + THROUGH],
      hop: this.#whole[whole + HOP],
      similarity: this.#fractions[fractions + SIMILARITY],
      meeting:
        relation < 0
          ? null
          : {
              relation,
              entity: this.#whole[whole + ENTITY],
              inverse: this.#whole[whole + INVERSE] === 1,
              triple: this.#fractions[fractions + TRIPLE],
              factor: this.#fractions[fractions + FACTOR],
            },
    };
  }
}

/** Evidence of one path; its values are read, not held: a copy by spreading has none of them. */
export class PathEvidence implements Evidence {
  #steps: readonly PathStep[] | null = null;
  readonly #paths: KeptPaths;
  readonly #at: number;

  constructor(paths: KeptPaths, at: number) {
    this.#paths = paths;
    this.#at = at;
  }

  get component() {
    return this.#paths.componentAt(this.#at);
  }
  get vectors() {
    return this.#paths.vectorsAt(this.#at);
  }
  get attention() {
    return this.#paths.attentionAt(this.#at);
  }
  get contribution() {
    return this.#paths.contributionAt(this.#at);
  }
  get deltaIfRemoved() {
    return this.#paths.deltaAt(this.#at);
  }
  get damping() {
    return this.#paths.dampingAt(this.#at);
  }
  get steps(): readonly PathStep[] {
    this.#steps ??= this.#paths.stepsAt(this.#at);
    return this.#steps;
  }
}
