import type { Snapshot } from "../snapshot/Snapshot.ts";
import { findInMemory } from "./findInMemory.ts";
import { firstOfType } from "./firstOfType.ts";
import { pageOfTriples, servesPage } from "./pageOfTriples.ts";
import type { FindMany, Reads } from "./types.ts";

/**
 * Answers reads from the snapshot's dictionary and adjacency where `fresh` gives one, and from `reads` what is not in
 * it: so what Postgres has and the snapshot lacks is found all the same.
 */
export function memoryReads(reads: Reads, fresh: () => Snapshot | null): Reads {
  return {
    entities: inPart(fresh, (snapshot, id) => findInMemory(snapshot, { id }), reads.entities),
    entitiesByKey: inPart(fresh, (snapshot, key) => findInMemory(snapshot, { key }), reads.entitiesByKey),
    relations: inPart(fresh, (snapshot, id) => snapshot.relationOf(id), reads.relations),
    triples: reads.triples,
    triplesOf(page) {
      const others = reads.triplesOf(page);
      if (!servesPage(page)) return others;
      return inPart(fresh, (snapshot, id) => pageOfTriples(snapshot, id, page), others);
    },
    entitiesOfType: (page) =>
      inPart(fresh, (snapshot, type) => firstOfType(snapshot, type, page), reads.entitiesOfType(page)),
    nestedOfType: (page) =>
      inPart(fresh, (snapshot, type) => firstOfType(snapshot, type, page), reads.nestedOfType(page)),
    nestedBy: (by, nested) =>
      inPart(
        fresh,
        (snapshot, name) => findInMemory(snapshot, by === "id" ? { id: name } : { key: name }),
        reads.nestedBy(by, nested),
      ),
  };
}

/** Finds in the snapshot what is there, and the rest elsewhere. */
function inPart<K, V>(
  fresh: () => Snapshot | null,
  find: (snapshot: Snapshot, key: K) => V | undefined,
  elsewhere: FindMany<K, V>,
): FindMany<K, V> {
  return async (keys) => {
    const snapshot = fresh();
    if (snapshot === null || snapshot.dictionary === null) return elsewhere(keys);
    const found = new Map<K, V>();
    const others: K[] = [];
    for (const key of keys) {
      const value = find(snapshot, key);
      if (value === undefined) others.push(key);
      else found.set(key, value);
    }
    if (others.length === 0) return found;
    if (found.size === 0) return elsewhere(others);
    return new Map([...found, ...(await elsewhere(others))]);
  };
}
