const MOST_TURNS = 0x7fffffff;

/** A set of entities that is emptied by turning a page: one number per entity says when it was last marked. */
export class Marks {
  #turns: Int32Array;
  #turn = 0;

  constructor(size: number) {
    this.#turns = new Int32Array(size);
  }

  /** Starts anew, for entities below `size`. */
  begin(size: number): void {
    if (size > this.#turns.length) this.#turns = new Int32Array(size + (size >> 3));
    this.#turn++;
    if (this.#turn < MOST_TURNS) return;
    this.#turns.fill(0);
    this.#turn = 1;
  }

  /** Marks an entity; tells whether it was not marked yet. */
  mark(entity: number): boolean {
    if (this.#turns[entity] === this.#turn) return false;
    this.#turns[entity] = this.#turn;
    return true;
  }
}
