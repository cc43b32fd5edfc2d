import type { BoundModel } from "./bindModel.ts";
import { componentOf, spaceOf } from "./groups.ts";
import { type Meeting, type MeetingTable, widen } from "./MeetingTable.ts";
import { applyShape, type Shape } from "./shape.ts";
import type { ComponentKind } from "./types.ts";

/** A path as plain numbers: enough to sort by, and to take it away. */
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
  /** First hop in `signals.hops`; −1 where none is walked. */
  readonly hop: number;
  /** Where the item's triple meets the history; null where no triple is walked. Shared by the paths of one triple. */
  readonly meeting: Meeting | null;
}

/** The group of a path of behaviour, in which several groups may have a part; its component is BEHAVIOUR. */
export const SEVERAL = -1;

/**
 * The paths of one item in columns, used again for the next: an item may have thousands, of which a few are kept, and
 * only those become objects. Columns grow by doubling.
 */
export class PathTable {
  count = 0;
  /** Group of each path, `SEVERAL` for behaviour, [P]. */
  group = new Int32Array(ROOM);
  mass = new Float64Array(ROOM);
  contribution = new Float64Array(ROOM);
  similarity = new Float64Array(ROOM);
  place = new Int32Array(ROOM);
  through = new Int32Array(ROOM);
  hop = new Int32Array(ROOM);
  /** Row of the path's meeting in `meetings`, −1 for none, [P]. */
  meeting = new Int32Array(ROOM);
  /** z of each group, see `fillMasses`. */
  masses: Float64Array = new Float64Array(0);
  /** f(z − a·x) − f(z) of behaviour from a place; that of other paths follows from their mass. */
  #deltaFrom: (place: number) => number = () => 0;
  readonly #kept = new Map<number, Meeting>();

  #model: Pick<BoundModel, "layout" | "shapeOf"> | null = null;

  constructor(
    /** Where the item meets the history. */
    readonly meetings: MeetingTable,
  ) {}

  /** Makes room for the paths of another item. */
  begin(
    model: Pick<BoundModel, "layout" | "shapeOf">,
    masses: Float64Array,
    deltaFrom: (place: number) => number,
  ): void {
    this.count = 0;
    this.#model = model;
    this.#deltaFrom = deltaFrom;
    this.masses = masses;
    this.#kept.clear();
  }

  private get model(): Pick<BoundModel, "layout" | "shapeOf"> {
    if (!this.#model) throw new Error("the table of paths is empty");
    return this.#model;
  }

  /** Adds a path from a place over no triple; gives its row, for what else is to be said of it. */
  add(group: number, place: number, contribution: number): number {
    const row = this.count++;
    if (row === this.group.length) this.#grow();
    this.group[row] = group;
    this.place[row] = place;
    this.contribution[row] = contribution;
    this.through[row] = -1;
    this.hop[row] = -1;
    this.meeting[row] = -1;
    this.similarity[row] = 0;
    return row;
  }

  #pathAt(row: number): RawPath {
    const meeting = this.meeting[row];
    return {
      component: componentOf(this.model.layout, this.group[row]),
      space: spaceOf(this.model.layout, this.group[row]),
      mass: this.mass[row],
      contribution: this.contribution[row],
      delta: this.deltaAt(row),
      place: this.place[row],
      hop: this.hop[row],
      meeting: meeting < 0 ? null : this.#meetingAt(meeting),
    };
  }

  #meetingAt(row: number): Meeting {
    const meeting = this.#kept.get(row) ?? this.meetings.at(row);
    this.#kept.set(row, meeting);
    return meeting;
  }

  /** f(z − a·x) − f(z). */
  deltaAt(row: number): number {
    const group = this.group[row];
    if (group === SEVERAL) return this.#deltaFrom(this.place[row]);
    return deltaWithout(this.model.shapeOf(group), this.masses[group], this.mass[row]);
  }

  /** All paths as objects, in the order in which they were found. */
  list(): RawPath[] {
    return Array.from({ length: this.count }, (_, row) => this.#pathAt(row));
  }

  #grow(): void {
    const room = 2 * this.group.length;
    [this.group, this.place] = [widen(this.group, room), widen(this.place, room)];
    [this.through, this.hop] = [widen(this.through, room), widen(this.hop, room)];
    [this.meeting, this.mass] = [widen(this.meeting, room), widen(this.mass, room)];
    [this.contribution, this.similarity] = [widen(this.contribution, room), widen(this.similarity, room)];
  }
}

const ROOM = 256;

/** f(z − x) − f(z). */
export function deltaWithout(shape: Shape, mass: number, gone: number): number {
  return applyShape(shape, mass - gone) - applyShape(shape, mass);
}
