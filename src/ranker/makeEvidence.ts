import { makeSteps } from "./makeSteps.ts";
import type { RawPath } from "./PathTable.ts";
import type { Signals } from "./signals.ts";
import type { Evidence, PathStep } from "./types.ts";

/** Makes evidence of a path to `item`; its steps when they are first asked for. `total`: Σ|contribution| of the item. */
export function makeEvidence(
  signals: Signals,
  item: number,
  { path, total }: { readonly path: RawPath; readonly total: number },
): Evidence {
  let steps: PathStep[] | null = null;
  return {
    component: path.component,
    vectors: path.space < 0 ? null : signals.model.layout.spaces[path.space].name,
    steps: () => {
      steps ??= makeSteps(signals, item, path);
      return steps;
    },
    attention: total > 0 ? Math.abs(path.contribution) / total : 0,
    contribution: path.contribution,
    deltaIfRemoved: path.delta,
    damping: dampingOf(signals, path),
  };
}

/** What is left of a path's mass: the same factors that `collectSignals` and `visitMeetings` put into it. */
function dampingOf({ damping, history }: Signals, { place, through, hop, meeting }: RawPath): number {
  if (!damping) return 1;
  const ends = damping.entity(history[place]) * (through < 0 ? 1 : damping.entity(history[through]));
  if (!meeting) return ends;
  const middle = hop < 0 ? 1 : damping.entity(meeting.entity);
  return ends * middle * damping.over(meeting.relation, meeting.entity);
}
