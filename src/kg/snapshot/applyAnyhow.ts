import type { ChangeRow, Revision } from "../types.ts";
import { rebuildSnapshot } from "./rebuildSnapshot.ts";
import type { Snapshot } from "./Snapshot.ts";

/**
 * Applies rows to a snapshot of one's own in the way of the live graph: in place under what `bind` has bound before,
 * or, where an entity comes back that has no index, on one that is built anew and bound after. Gives both.
 */
export function applyAnyhow<Bound>(
  snapshot: Snapshot,
  rows: readonly ChangeRow[],
  { revision, bind }: { readonly revision: Revision; readonly bind: (graph: Snapshot) => Bound },
): { readonly graph: Snapshot; readonly bound: Bound } {
  const intact = snapshot.fork();
  const bound = bind(snapshot);
  if (fits(snapshot, rows, revision)) return { graph: snapshot, bound };
  const graph = rebuildSnapshot(intact, rows, revision);
  return { graph, bound: bind(graph) };
}

function fits(snapshot: Snapshot, rows: readonly ChangeRow[], revision: Revision): boolean {
  try {
    return snapshot.apply(rows, revision);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
