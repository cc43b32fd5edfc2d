/**
 * A place where the triples of the scored item meet the history: at an entity that both share over one
 * relation (`slot` ≥ 0), or in one triple between them (`place` ≥ 0).
 */
export interface Meeting {
  /** Group of the paths that meet here. */
  readonly group: number;
  /** Slot of the shared entity in `signals.hops`, −1 for a direct triple. */
  readonly slot: number;
  /** Place in the history of the other end of a direct triple, −1 for a shared entity. */
  readonly place: number;
  /** The shared entity, or the history item itself. */
  readonly entity: number;
  readonly relation: number;
  /** True where the scored item is the tail of its triple. */
  readonly inverse: boolean;
  readonly triple: number;
  /** Multiplies the mass of a first hop into the mass of a path: n_e · confidence · n_i. */
  readonly factor: number;
  /** Mass of all the paths that meet here. */
  readonly mass: number;
}

const ROOM = 64;

/** The meetings of one item in columns, used again for the next: a ranking looks at tens of thousands. */
export class MeetingTable {
  count = 0;
  group = new Int32Array(ROOM);
  slot = new Int32Array(ROOM);
  place = new Int32Array(ROOM);
  entity = new Int32Array(ROOM);
  relation = new Int32Array(ROOM);
  /** 1 for true. */
  inverse = new Int32Array(ROOM);
  triple = new Uint32Array(ROOM);
  factor = new Float64Array(ROOM);
  mass = new Float64Array(ROOM);

  /** Adds a meeting; gives its row, whose other columns the caller fills. */
  add(group: number, factor: number, mass: number): number {
    const row = this.count++;
    if (row === this.group.length) this.#grow();
    this.group[row] = group;
    this.factor[row] = factor;
    this.mass[row] = mass;
    return row;
  }

  /** One meeting, to be kept. */
  at(row: number): Meeting {
    return {
      group: this.group[row],
      slot: this.slot[row],
      place: this.place[row],
      entity: this.entity[row],
      relation: this.relation[row],
      inverse: this.inverse[row] === 1,
      triple: this.triple[row],
      factor: this.factor[row],
      mass: this.mass[row],
    };
  }

  #grow(): void {
    const room = 2 * this.group.length;
    [this.group, this.slot] = [widen(this.group, room), widen(this.slot, room)];
    [this.place, this.entity] = [widen(this.place, room), widen(this.entity, room)];
    [this.relation, this.inverse] = [widen(this.relation, room), widen(this.inverse, room)];
    this.triple = widen(this.triple, room);
    [this.factor, this.mass] = [widen(this.factor, room), widen(this.mass, room)];
  }
}

/** The same column with more room. */
export function widen<Column extends Int32Array | Uint32Array | Float64Array>(
  column: Column,
  room: number,
): Column {
  const wider = new (column.constructor as new (room: number) => Column)(room);
  wider.set(column);
  return wider;
}
