import { NameIndex } from "./NameIndex.ts";

const ITEM = 1;
const DELETED = 2;

/**
 * The entities of a snapshot: 11 bytes each, in ascending order of id, so that an index is found by binary search
 * and a new entity, whose id is the highest, goes to the end. A deleted entity keeps its index and is not found.
 */
export class EntityTable {
  readonly types: NameIndex;
  #ids: Float64Array;
  #type: Uint16Array;
  #flags: Uint8Array;
  #size = 0;

  constructor(capacity: number) {
    this.types = new NameIndex("entity types", 65_536);
    this.#ids = new Float64Array(capacity);
    this.#type = new Uint16Array(capacity);
    this.#flags = new Uint8Array(capacity);
  }

  /** A table of its own with the same rows. */
  copy(): EntityTable {
    const copy = new EntityTable(0);
    for (const name of this.types.names) copy.types.add(name);
    copy.#ids = this.#ids.slice();
    copy.#type = this.#type.slice();
    copy.#flags = this.#flags.slice();
    copy.#size = this.#size;
    return copy;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#ids.byteLength + this.#type.byteLength + this.#flags.byteLength;
  }

  get lastId(): number {
    return this.#size === 0 ? 0 : this.#ids[this.#size - 1];
  }

  idOf(index: number): number {
    return this.#ids[index];
  }

  typeOf(index: number): number {
    return this.#type[index];
  }

  isItem(index: number): boolean {
    return this.#flags[index] === ITEM;
  }

  isDeleted(index: number): boolean {
    return (this.#flags[index] & DELETED) !== 0;
  }

  /** Index of `id`, deleted or not; −1 where no row has it. O(log size). */
  find(id: number): number {
    let low = 0;
    let high = this.#size - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#ids[middle];
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** Appends an entity and gives its index. @throws RangeError where `id` is not above every other */
  append(id: number, type: string, isItem: boolean): number {
    if (!(id > this.lastId)) {
      throw new RangeError(`entity ${id} follows entity ${this.lastId}; expected ascending positive ids`);
    }
    if (this.#size === this.#ids.length) this.#grow();
    this.#ids[this.#size] = id;
    this.set(this.#size, type, isItem);
    return this.#size++;
  }

  set(index: number, type: string, isItem: boolean): void {
    this.#type[index] = this.types.add(type);
    this.#flags[index] = isItem ? ITEM : 0;
  }

  delete(index: number): void {
    this.#flags[index] = DELETED;
  }

  #grow(): void {
    const capacity = this.#size + Math.max(256, this.#size >>> 4);
    const grown = <T extends Float64Array | Uint16Array | Uint8Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.#ids = grown(this.#ids, new Float64Array(capacity));
    this.#type = grown(this.#type, new Uint16Array(capacity));
    this.#flags = grown(this.#flags, new Uint8Array(capacity));
  }
}
