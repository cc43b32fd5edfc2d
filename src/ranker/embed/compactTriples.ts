import type { TripleColumns } from "./types.ts";

/** Triples whose entities are numbered anew, and the entity that each new number stands for. */
export interface CompactTriples {
  readonly triples: TripleColumns;
  /** [E] ascending */
  readonly entities: Int32Array;
}

/** Numbers the entities anew so that only those that have a triple remain: nothing can be learned of others. */
export function compactTriples(triples: TripleColumns): CompactTriples {
  const number = new Int32Array(triples.entities).fill(-1);
  for (const ends of [triples.head, triples.tail]) for (const entity of ends) number[entity] = 0;
  let count = 0;
  for (let entity = 0; entity < number.length; entity++) if (number[entity] === 0) number[entity] = count++;
  const entities = new Int32Array(count);
  for (let entity = 0; entity < number.length; entity++)
    if (number[entity] >= 0) entities[number[entity]] = entity;
  const renumber = (ends: Int32Array) => ends.map((entity) => number[entity]);
  return {
    triples: { ...triples, entities: count, head: renumber(triples.head), tail: renumber(triples.tail) },
    entities,
  };
}
