import type { Replayed } from "../context.ts";
import type { Attributes } from "../kg/attributes/openAttributes.ts";
import type { Database } from "../kg/database.ts";
import { countTrending, TRENDS_LIMIT } from "../kg/queries/countTrending.ts";
import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import type { Past, Revision, Scenarios } from "../kg/types.ts";
import type { Models } from "../models/openModels.ts";
import type { RecommendPorts, Trends } from "../recommend/ports.ts";
import { recommendFor } from "../recommend/recommend.ts";
import type { RecommendationPage, RecommendRequest, Scenario } from "../recommend/types.ts";
import { findHistoryOf } from "./interactions.ts";
import { stampOf } from "./makeMark.ts";
import { type Moment, readMoment } from "./moment.ts";
import { type PinnedState, Pins } from "./Pins.ts";

interface Parts {
  readonly db: Database;
  readonly snapshot: LiveSnapshot;
  readonly models: Models;
  readonly past: Past;
  readonly attributes: Attributes;
  readonly scenarios: Scenarios;
}

/**
 * Opens what makes an answer again from what it was made from: the graph in memory is taken back to its revision and
 * time on a copy, the history and the co-interactions are read as they were visible then, and its model ranks. The same
 * order, scores and evidence, to the last bit.
 */
export function openReplay(parts: Parts): (moment: string, request: RecommendRequest) => Promise<Replayed> {
  const pins = new Pins(parts);
  return async (text, request) => {
    const moment = readMoment(text);
    const ports = makePorts(parts, { text, moment }, await pins.find(moment));
    const page = await recommendFor(ports, { ...request, minRevision: null });
    return { page, ...(await loadNamed(parts.past, page, moment.revision)) };
  };
}

function makePorts(
  { db, past, attributes, scenarios }: Parts,
  { text, moment }: { readonly text: string; readonly moment: Moment },
  { graph, ranker }: PinnedState,
): RecommendPorts {
  const { revision, at, vectors, live } = moment;
  const mark = { moment: text, stamp: stampOf({ at, vectors, seen: live.seen }) };
  const findTrends = async (seconds: number): Promise<Trends> =>
    moment.trends
      ? countTrending(db, { seconds, limit: TRENDS_LIMIT, pin: moment.trends })
      : { pin: { seen: "1:1:", until: 0 }, items: [] };
  return {
    ranker: () => ranker,
    mark: () => mark,
    knowledge: {
      graph: () => graph,
      waitFor: async () => undefined,
      findHistory: (user) => findHistoryOf(db, user, moment),
      async findEntitiesByKeys(keys) {
        const found = await Promise.all(
          [...new Set(keys)].map(async (key) => [key, await past.findEntity({ key }, revision)] as const),
        );
        return new Map(found.flatMap(([key, entity]) => (entity ? [[key, entity]] : [])));
      },
      findTriples: (ids) => past.loadTriples(ids, revision),
      findAttributes: (names) => attributes.findPast(names, revision),
      findTrends,
      findLikelyUsers: async () => [],
      findScenario: (key) => findScenario(scenarios, key, moment.scenario ?? null),
      countTrending: ({ seconds }) => findTrends(seconds),
      countInteractions: async () => ({ pin: { seen: "1:1:", until: 0 }, items: [] }), // no list of it is replayed
    },
  };
}
/** A stored scenario as recommending takes it; the newest version where `version` is null. */
export async function findScenario(
  scenarios: Scenarios,
  key: string,
  version: number | null,
): Promise<{ readonly scenario: Scenario; readonly version: number } | null> {
  const found = await scenarios.find(key, version);
  return found?.definition ? { scenario: found.definition as Scenario, version: found.version } : null;
}

/** What the answer names, as it was: it may be called something else by now, or be gone. */
async function loadNamed(
  past: Past,
  { edges }: RecommendationPage,
  revision: Revision,
): Promise<Omit<Replayed, "page">> {
  const steps = edges.flatMap(({ node }) => node.explanation.evidence.flatMap((evidence) => evidence.steps));
  const items = edges.map(({ node }) => node.item);
  const distinct = <T>(values: readonly (T | null)[]) => [
    ...new Set(values.filter((value) => value !== null)),
  ];
  const [entities, relations, triples] = await Promise.all([
    past.loadEntities(distinct([...items, ...steps.flatMap(({ from, to }) => [from, to])]), revision),
    past.loadRelations(distinct(steps.map(({ relationId }) => relationId)), revision),
    past.loadTriples(distinct(steps.map(({ tripleId }) => tripleId)), revision),
  ]);
  return { entities, relations, triples };
}
