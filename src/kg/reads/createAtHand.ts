import type { AtHand } from "../../context.ts";
import type { Snapshot } from "../snapshot/Snapshot.ts";
import { findInMemory } from "./findInMemory.ts";
import { firstOfType } from "./firstOfType.ts";
import { ofOneType } from "./ofOneType.ts";
import { pageOfTriples, servesPage } from "./pageOfTriples.ts";

/** Creates the reads that need not wait: what the snapshot that `fresh` gives holds, undefined for all else. */
export function createAtHand(fresh: () => Snapshot | null): AtHand {
  const open = () => {
    const snapshot = fresh();
    return snapshot?.dictionary ? snapshot : null;
  };
  return {
    entity(by) {
      const snapshot = open();
      return snapshot ? findInMemory(snapshot, by) : undefined;
    },
    relation: (id) => open()?.relationOf(id),
    entitiesOfType(query, page) {
      const snapshot = open();
      const simple = snapshot && ofOneType(query, page);
      return simple ? firstOfType(snapshot, simple.type, simple) : undefined;
    },
    triplesOf(id, page) {
      const snapshot = open();
      return snapshot && servesPage(page) ? pageOfTriples(snapshot, id, page) : undefined;
    },
  };
}
