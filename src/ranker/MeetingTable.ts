import type { Edges } from "../kg/types.ts";

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
const NONE: Edges = {
  ...{ start: 0, end: 0, neighbour: new Int32Array(0), relation: new Uint16Array(0) },
  ...{ confidence: new Float32Array(0), triple: new Uint32Array(0) },
};

/** The meetings of one item in columns, used again for the next: a ranking looks at tens of thousands. */
export class MeetingTable {
  count = 0;
  /** Rows before it are of the triples whose head the item is; from it on, of those whose tail it is. */
  turn = 0;
  group = new Int32Array(ROOM);
  slot = new Int32Array(ROOM);
  place = new Int32Array(ROOM);
  /** Where the item's triple stands in its row of the graph. */
  edge = new Int32Array(ROOM);
  factor = new Float64Array(ROOM);
  mass = new Float64Array(ROOM);
  #out = NONE;
  #into = NONE;

  /** Starts anew for an item with these triples. */
  begin(out: Edges, into: Edges): void {
    this.count = 0;
    this.turn = 0;
    this.#out = out;
    this.#into = into;
  }

  /** Makes room for as many more rows; columns taken out before may be others afterwards. */
  reserve(more: number): void {
    if (this.count + more > this.group.length) this.#grow(2 * (this.count + more));
  }

  /** The shared entity, or the history item itself. */
  entityAt(row: number): number {
    return this.#edgesAt(row).neighbour[this.edge[row]];
  }

  relationAt(row: number): number {
    return this.#edgesAt(row).relation[this.edge[row]];
  }

  /** True where the scored item is the tail of its triple. */
  isInverse(row: number): boolean {
    return row >= this.turn;
  }

  tripleAt(row: number): number {
    return this.#edgesAt(row).triple[this.edge[row]];
  }

  /** One meeting, to be kept. */
  at(row: number): Meeting {
    return {
      group: this.group[row],
      slot: this.slot[row],
      place: this.place[row],
      entity: this.entityAt(row),
      relation: this.relationAt(row),
      inverse: this.isInverse(row),
      triple: this.tripleAt(row),
      factor: this.factor[row],
      mass: this.mass[row],
    };
  }

  #edgesAt(row: number): Edges {
    return row < this.turn ? this.#out : this.#into;
  }

  #grow(room: number): void {
    [this.group, this.slot] = [widen(this.group, room), widen(this.slot, room)];
    [this.place, this.edge] = [widen(this.place, room), widen(this.edge, room)];
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
