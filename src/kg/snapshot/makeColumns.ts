import type { Relation } from "../types.ts";
import type { TripleColumns } from "./buildAdjacency.ts";
import type { EntityTable } from "./EntityTable.ts";
import { RelationTable } from "./RelationTable.ts";

const HIGHEST_TRIPLE = 0xffff_ffff;

/** @throws RangeError where a triple's id needs over 32 bits */
export function assertTripleId(id: number): void {
  if (id > HIGHEST_TRIPLE) {
    throw new RangeError(`triple id ${id} is too high for the snapshot; expected ≤ ${HIGHEST_TRIPLE}`);
  }
}

/** Takes triples by id, one call each, into columns of indices. */
export interface ColumnsMaker {
  add(id: number, headId: number, relationId: number, tailId: number, confidence: number): void;
  /** The columns, cut to the triples that came. */
  finish(): TripleColumns;
}

/**
 * Makes columns for up to `capacity` triples.
 * @throws RangeError (from `add`) where a triple names an unknown entity or relation, or its id needs over 32 bits
 */
export function makeColumns(
  capacity: number,
  entities: EntityTable,
  relations: readonly Relation[],
): ColumnsMaker {
  const columns = {
    head: new Int32Array(capacity),
    tail: new Int32Array(capacity),
    relation: new Uint16Array(capacity),
    confidence: new Float32Array(capacity),
    triple: new Uint32Array(capacity),
  };
  const relationTable = new RelationTable(relations);
  const find = makeIndexLookup(entities);
  let length = 0;
  return {
    add(id, headId, relationId, tailId, confidence) {
      const head = find(headId);
      const tail = find(tailId);
      const relation = relationTable.find(relationId);
      if (head < 0 || tail < 0 || relation < 0) {
        throw new RangeError(
          `triple ${id} is (${headId}, ${relationId}, ${tailId}); expected ids of entities and of a relation`,
        );
      }
      assertTripleId(id);
      columns.head[length] = head;
      columns.tail[length] = tail;
      columns.relation[length] = relation;
      columns.confidence[length] = confidence;
      columns.triple[length++] = id;
    },
    finish() {
      if (length === capacity) return columns;
      return {
        head: columns.head.subarray(0, length),
        tail: columns.tail.subarray(0, length),
        relation: columns.relation.subarray(0, length),
        confidence: columns.confidence.subarray(0, length),
        triple: columns.triple.subarray(0, length),
      };
    },
  };
}

/** Ids with few gaps are looked up in a table that lives as long as the load; others by binary search. */
function makeIndexLookup(entities: EntityTable): (id: number) => number {
  const { size, lastId } = entities;
  if (lastId > 4 * size + 65_536) return (id) => entities.find(id);
  const table = new Int32Array(lastId + 1).fill(-1);
  for (let index = 0; index < size; index++) table[entities.idOf(index)] = index;
  return (id) => table[id] ?? -1;
}
