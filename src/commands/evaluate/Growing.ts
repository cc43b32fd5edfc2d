type Numbers = Int32Array | Float32Array | Float64Array | Uint8Array;

/** A typed array that doubles as it fills, for columns whose length is not known before the file is read. */
export class Growing<T extends Numbers> {
  #data: T;
  #size = 0;

  constructor(private readonly make: (length: number) => T) {
    this.#data = make(1024);
  }

  push(value: number): void {
    if (this.#size === this.#data.length) {
      const wider = this.make(2 * this.#size);
      wider.set(this.#data);
      this.#data = wider;
    }
    this.#data[this.#size++] = value;
  }

  /** Copies what was pushed into an array of just that length. */
  finish(): T {
    return this.#data.slice(0, this.#size) as T;
  }
}
