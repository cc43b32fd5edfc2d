import type { Relation, RelationId } from "../types.ts";

const LIMIT = 65_536; // a relation index is a Uint16

/** The relations of a snapshot by dense index. A deleted relation keeps its index: no triple has it. */
export class RelationTable {
  readonly list: Relation[] = [];
  readonly #indexOf = new Map<RelationId, number>();
  #inOrder = true;

  constructor(relations: readonly Relation[]) {
    for (const relation of [...relations].sort((a, b) => a.id - b.id)) this.set(relation);
  }

  /** A table of its own with the same relations under the same indices. */
  copy(): RelationTable {
    const copy = new RelationTable([]);
    for (const relation of this.list) copy.set(relation);
    return copy;
  }

  /** Whether indices are in the order of ids; a relation that comes back after a load may break it. */
  get inOrder(): boolean {
    return this.#inOrder;
  }

  /** Index of a relation; −1 where the graph does not know it. */
  find(id: RelationId): number {
    return this.#indexOf.get(id) ?? -1;
  }

  set(relation: Relation): void {
    const index = this.#indexOf.get(relation.id) ?? this.list.length;
    if (index === LIMIT) {
      throw new RangeError(`relation "${relation.key}" is one too many; expected at most ${LIMIT} relations`);
    }
    if (index > 0 && index === this.list.length && this.list[index - 1].id > relation.id)
      this.#inOrder = false;
    this.list[index] = relation;
    this.#indexOf.set(relation.id, index);
  }
}
