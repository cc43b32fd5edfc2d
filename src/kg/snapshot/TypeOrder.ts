import type { Entity } from "../types.ts";
import { compareText } from "./compareText.ts";

const MOST_SORTED = 50_000; // sorting more would hold up the requests

interface Members {
  /** Indices of entities, by name and then by id. */
  readonly indices: number[];
  sorted: boolean;
}

/**
 * The entities of each type by name, as the index entity_type_name has them under the collation C; merged ones are
 * left out. Made when it is first asked for, a type sorted when it is; an edit then moves one entity.
 */
export class TypeOrder {
  #types: Map<string, Members> | null = null;

  constructor(private readonly rows: readonly (Entity | undefined)[]) {}

  /** The first entities of a type, at most `count`; null where the type has too many to be sorted here. */
  first(type: string, count: number): readonly Entity[] | null {
    const members = this.#all().get(type);
    if (!members) return [];
    if (!members.sorted) {
      if (members.indices.length > MOST_SORTED) return null;
      members.indices.sort((a, b) => this.#compare(a, b));
      members.sorted = true;
    }
    return members.indices.slice(0, count).map((index) => this.rows[index]!);
  }

  /** Takes an entity out, before its row changes. */
  remove(index: number): void {
    const row = this.rows[index];
    if (this.#types === null || !row || row.mergedInto !== null) return;
    const members = this.#types.get(row.type)!;
    members.indices.splice(members.sorted ? this.#place(members, index) : members.indices.indexOf(index), 1);
    if (members.indices.length === 0) this.#types.delete(row.type);
  }

  /** Puts an entity in its place, after its row has changed. */
  insert(index: number): void {
    if (this.#types !== null) this.#insert(this.#types, index);
  }

  #all(): Map<string, Members> {
    if (this.#types !== null) return this.#types;
    const types = new Map<string, Members>();
    for (let index = 0; index < this.rows.length; index++) this.#insert(types, index);
    this.#types = types;
    return types;
  }

  #insert(types: Map<string, Members>, index: number): void {
    const row = this.rows[index];
    if (!row || row.mergedInto !== null) return;
    const members = types.get(row.type) ?? { indices: [], sorted: false };
    types.set(row.type, members);
    if (members.sorted) members.indices.splice(this.#place(members, index), 0, index);
    else members.indices.push(index);
  }

  /** Where `index` stands, or would. */
  #place({ indices }: Members, index: number): number {
    let low = 0;
    let high = indices.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(indices[middle], index) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Indices are in the order of ids. */
  #compare(a: number, b: number): number {
    return compareText(this.rows[a]!.name, this.rows[b]!.name) || a - b;
  }
}
