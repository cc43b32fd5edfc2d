/** Gives each name a dense index, in the order of arrival, up to what the index type can hold. */
export class NameIndex {
  readonly names: string[] = [];
  readonly #indexOf = new Map<string, number>();

  constructor(
    private readonly what: string,
    private readonly limit: number,
  ) {}

  /** The index of `name`, made where it is new. @throws RangeError past `limit` names */
  add(name: string): number {
    const known = this.#indexOf.get(name);
    if (known !== undefined) return known;
    if (this.names.length === this.limit) {
      throw new RangeError(`"${name}" is one too many of the ${this.what}; expected at most ${this.limit}`);
    }
    this.#indexOf.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}
