import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import type { Models } from "../models/openModels.ts";
import type { RecommendPorts } from "../recommend/ports.ts";
import { packMoment } from "./moment.ts";

const UNFITTED = "0";

/**
 * Makes the function that marks answers with what they were made from. What ranks before anything was fitted is not
 * kept, and between two models the live counts belong to neither: such answers get no mark. Nor do those that a model made with
 * vectors that it has left behind meanwhile.
 */
export function makeMark({
  snapshot,
  models,
}: {
  readonly snapshot: LiveSnapshot;
  readonly models: Models;
}): NonNullable<RecommendPorts["mark"]> {
  return ({ graph, model, vectors, history, trends, scenario }) => {
    const live = models.liveState();
    if (model.id === UNFITTED || model.id !== models.active().id || live === null) return null;
    if (vectors !== models.ranker().vectors) return null;
    const { seen, items, wishes } = history ?? { seen: null, items: [], wishes: [] };
    const { users, entries } = live.counts;
    const { at } = snapshot;
    const moment = {
      ...{ revision: graph.revision, model: model.id, at, vectors },
      history: seen && {
        ...{ seen: seen.snapshot, revision: seen.revision, items: items.length },
        ...(wishes.length > 0 ? { wishes: wishes.length } : {}),
      },
      live: { seen: live.seen, users, entries },
      ...(trends ? { trends } : {}),
      ...(scenario === null ? {} : { scenario }),
    };
    return {
      stamp: stampOf({ at, vectors, seen: live.seen }),
      get moment() {
        return packMoment(moment); // few ask for it
      },
    };
  };
}

/** What a list depends on besides the graph's revision, its model and its user, in words that only compare. */
export function stampOf(of: {
  readonly at: number;
  readonly vectors: string | null;
  readonly seen: string;
}): string {
  return `${of.at} ${of.seen} ${of.vectors ?? ""}`;
}
