import { listPaths } from "./listPaths.ts";
import { fillMasses, fuse, makeMasses } from "./score.ts";
import type { Signals } from "./signals.ts";

/**
 * Says how the score of `item` changes when the triples `gone` (database ids as numbers) go, on either end of
 * its paths, other things frozen. Paths of one group share a shape, so their changes do not simply add up where it is bent: the
 * masses are taken away together. Exact while the history's reach stays; see `audit`.
 */
export function removeTriples(signals: Signals, item: number, gone: ReadonlySet<number>): number {
  const masses = makeMasses(signals);
  fillMasses(signals, item, masses);
  const left = masses.slice();
  for (const { meeting, hop, mass } of listPaths(signals, item, masses).list()) {
    if (!meeting) continue;
    if (gone.has(meeting.triple) || (hop >= 0 && gone.has(signals.hops.triple[hop])))
      left[meeting.group] -= mass;
  }
  return fuse(signals, left) - fuse(signals, masses);
}
