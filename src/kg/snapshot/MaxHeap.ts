interface Entry<T> {
  readonly priority: number;
  readonly arrival: number;
  readonly value: T;
}

/** A priority queue: highest priority first, among equals the one that came first. */
export class MaxHeap<T> {
  readonly #entries: Entry<T>[] = [];
  #arrivals = 0;

  push(priority: number, value: T): void {
    const entries = this.#entries;
    const entry = { priority, arrival: this.#arrivals++, value };
    let at = entries.length;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (!precedes(entry, entries[parent])) break;
      entries[at] = entries[parent];
      at = parent;
    }
    entries[at] = entry;
  }

  pop(): T | undefined {
    const entries = this.#entries;
    const top = entries[0];
    const moved = entries.pop();
    if (moved === undefined || entries.length === 0) return top?.value;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= entries.length) break;
      if (child + 1 < entries.length && precedes(entries[child + 1], entries[child])) child++;
      if (!precedes(entries[child], moved)) break;
      entries[at] = entries[child];
      at = child;
    }
    entries[at] = moved;
    return top.value;
  }
}

function precedes(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.priority > b.priority || (a.priority === b.priority && a.arrival < b.arrival);
}
