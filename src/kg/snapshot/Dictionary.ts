import type { Entity, JSONObject } from "../types.ts";
import type { NetChange, NetChanges } from "./netChanges.ts";
import { TypeOrder } from "./TypeOrder.ts";

const NO_ALIASES: readonly string[] = Object.freeze([]) as readonly string[];
const NO_ATTRIBUTES: JSONObject = Object.freeze({});
const MOST_MERGES = 1_000;

/**
 * What the snapshot's entities are called and all else that their rows hold, by the snapshot's index. It takes the
 * changes that the snapshot takes; a row that was given out is never written again.
 * @see test/bench/snapshot.ts prints its memory
 */
export class Dictionary {
  readonly #rows: (Entity | undefined)[] = [];
  readonly #byKey = new Map<string, number>();
  /** How many triples the adjacency does not show, or not always, touch an entity, by its id. */
  readonly #hidden = new Map<number, number>();
  readonly #order: TypeOrder | null;

  /** `byCodePoint`: the database orders texts so, and pages by name can be read from here. */
  constructor(byCodePoint: boolean) {
    this.#order = byCodePoint ? new TypeOrder(this.#rows) : null;
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** The row at an index; undefined where the entity was deleted. */
  at(index: number): Entity | undefined {
    return this.#rows[index];
  }

  /** Index of the entity with this key; −1 where there is none. */
  indexOfKey(key: string): number {
    return this.#byKey.get(key) ?? -1;
  }

  /** Whether all triples of an entity are in the adjacency: none is deprecated, none has a validity. */
  isWhole(index: number): boolean {
    return !this.#hidden.has(Number(this.#rows[index]?.id));
  }

  /** The entity itself or, where it was merged, the one that survives; `find` gives the index of an id. */
  survivor(index: number, find: (id: string) => number): Entity | undefined {
    let row = this.#rows[index];
    for (let steps = 0; row && row.mergedInto !== null; steps++) {
      if (steps === MOST_MERGES) return undefined;
      row = this.#rows[find(row.mergedInto)];
    }
    return row;
  }

  /** The first entities of a type by name; null where the order of the database is not known here. */
  firstOfType(type: string, count: number): readonly Entity[] | null {
    return this.#order?.first(type, count) ?? null;
  }

  /** Takes a row as it is now; null where it was deleted. */
  set(index: number, row: Entity | null): void {
    this.#order?.remove(index);
    const before = this.#rows[index];
    if (before && this.#byKey.get(before.key) === index) this.#byKey.delete(before.key);
    while (this.#rows.length < index) this.#rows.push(undefined); // never a hole
    this.#rows[index] = row ?? undefined;
    if (row) this.#byKey.set(row.key, index);
    this.#order?.insert(index);
  }

  /** Counts a triple that the adjacency does not always show. */
  hide(headId: number, tailId: number, by: 1 | -1): void {
    for (const id of headId === tailId ? [headId] : [headId, tailId]) {
      const count = (this.#hidden.get(id) ?? 0) + by;
      if (count > 0) this.#hidden.set(id, count);
      else this.#hidden.delete(id);
    }
  }

  /** Takes the changes that the snapshot has taken; `find` gives the index of an entity's id. */
  apply(net: Pick<NetChanges, "entity" | "triple">, find: (id: number) => number): void {
    for (const [id, { after }] of net.entity) {
      const index = find(id);
      if (index >= 0) this.set(index, after && entityOf(id, after));
    }
    for (const [, change] of net.triple) this.#applyTriple(change);
  }

  #applyTriple({ before, after }: NetChange): void {
    if (before && isHidden(before)) this.hide(before.head_id as number, before.tail_id as number, -1);
    if (after && isHidden(after)) this.hide(after.head_id as number, after.tail_id as number, 1);
  }
}

function isHidden(row: JSONObject): boolean {
  return row.rank === "DEPRECATED" || row.valid_from != null || row.valid_to != null;
}

/** Reads an entity from its row as the change log writes it. */
function entityOf(id: number, row: JSONObject): Entity {
  return makeEntity({
    id,
    key: row.key as string,
    type: row.type as string,
    name: row.name as string,
    aliases: row.aliases as readonly string[],
    description: row.description as string | null,
    attributes: row.attributes as JSONObject,
    isItem: row.is_item as boolean,
    mergedInto: row.merged_into as number | null,
    revision: row.revision as number,
  });
}

/** Makes the row of an entity; what is empty is shared. */
export function makeEntity(
  row: Omit<Entity, "id" | "mergedInto"> & { readonly id: number; readonly mergedInto: number | null },
): Entity {
  return {
    id: String(row.id),
    key: row.key,
    type: row.type,
    name: row.name,
    aliases: row.aliases.length === 0 ? NO_ALIASES : row.aliases,
    description: row.description,
    attributes: isEmpty(row.attributes) ? NO_ATTRIBUTES : row.attributes,
    isItem: row.isItem,
    mergedInto: row.mergedInto === null ? null : String(row.mergedInto),
    revision: row.revision,
  };
}

function isEmpty(attributes: JSONObject): boolean {
  for (const _ in attributes) return false;
  return true;
}
