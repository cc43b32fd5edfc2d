/** Names that metrics are kept by: those that are listed, or else the first so many. */
export type OperationChoice = number | readonly string[];

const LONGEST = 100;

/** Gives operations their label in the metrics: their own name for few, `other` for the rest, so that labels are bounded. */
export class OperationNames {
  readonly #known: Set<string>;
  readonly #most: number;

  constructor(choice: OperationChoice) {
    this.#known = new Set(typeof choice === "number" ? [] : choice);
    this.#most = typeof choice === "number" ? choice : 0;
  }

  labelOf(name: string | null): string {
    if (name === null) return "anonymous";
    if (this.#known.has(name)) return name;
    if (this.#known.size >= this.#most || name.length > LONGEST) return "other";
    this.#known.add(name);
    return name;
  }
}
