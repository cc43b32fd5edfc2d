/** Gives every key the next dense index, in the order of first sight. */
export class Dictionary {
  readonly #indexByKey = new Map<string, number>();
  readonly keys: string[] = [];

  /** Index of `key`, made where it is new. */
  add(key: string): number {
    const known = this.#indexByKey.get(key);
    if (known !== undefined) return known;
    this.#indexByKey.set(key, this.keys.length);
    return this.keys.push(key) - 1;
  }

  /** Index of `key`, −1 where it was never added. */
  indexOf(key: string): number {
    return this.#indexByKey.get(key) ?? -1;
  }
}
