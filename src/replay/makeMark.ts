import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import type { Models } from "../models/openModels.ts";
import type { RecommendPorts } from "../recommend/ports.ts";
import { packMoment } from "./moment.ts";

const UNFITTED = "0";

/**
 * Makes the function that marks answers with what they were made from. What ranks before anything was fitted is not
 * kept, and between two models the live counts belong to neither: such answers get no mark.
 */
export function makeMark({
  snapshot,
  models,
}: {
  readonly snapshot: LiveSnapshot;
  readonly models: Models;
}): NonNullable<RecommendPorts["mark"]> {
  return ({ graph, model, history }) => {
    const live = models.liveState();
    if (model.id === UNFITTED || model.id !== models.active().id || live === null) return null;
    const { seen, items } = history ?? { seen: null, items: [] };
    const { users, entries } = live.counts;
    return packMoment({
      ...{ revision: graph.revision, model: model.id, at: snapshot.at, vectors: snapshot.vectors },
      history: seen && { seen: seen.snapshot, revision: seen.revision, items: items.length },
      live: { seen: live.seen, users, entries },
    });
  };
}
