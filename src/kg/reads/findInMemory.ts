import type { Snapshot } from "../snapshot/Snapshot.ts";
import type { Entity, EntityBy } from "../types.ts";

/** Finds an entity in the snapshot's dictionary, the survivor of a merged one; undefined where it is not there. */
export function findInMemory(snapshot: Snapshot, by: EntityBy): Entity | undefined {
  const dictionary = snapshot.dictionary!;
  const index = "id" in by ? snapshot.indexOf(by.id) : dictionary.indexOfKey(by.key);
  return dictionary.survivor(index, (id) => snapshot.indexOf(id));
}
