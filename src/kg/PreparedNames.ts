const USES_BEFORE = 5; // a statement that comes this often is worth a name
const MOST_NAMES = 200; // each takes memory in each connection

/**
 * Gives names to the statements that come again and again: Postgres parses and plans a named statement once per
 * connection. Bounded, whatever texts come.
 */
export class PreparedNames {
  readonly #uses = new Map<string, number>();
  readonly #names = new Map<string, string>();

  /** The name of a statement; none where it has come seldom so far. */
  nameOf(text: string): string | undefined {
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= MOST_NAMES) return known;
    const uses = (this.#uses.get(text) ?? 0) + 1;
    if (uses <= USES_BEFORE) {
      if (this.#uses.size >= MOST_NAMES * 5) this.#uses.clear();
      this.#uses.set(text, uses);
      return undefined;
    }
    this.#uses.delete(text);
    const name = `whygraph_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}
