/** Collects the parameters of one statement; what a caller sent only ever enters SQL through `add`. */
export class Parameters {
  readonly values: unknown[] = [];

  /** Gives the placeholder, with its type, that stands for `value`. */
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}
