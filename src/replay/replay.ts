import type { Replayed } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { Database } from "../kg/database.ts";
import { rewindSnapshot } from "../kg/past/rewindSnapshot.ts";
import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import type { Graph, Past, Revision } from "../kg/types.ts";
import type { Models, PinnedModel } from "../models/openModels.ts";
import type { LiveCounts } from "../ranker/behaviour/LiveCounts.ts";
import type { RecommendPorts } from "../recommend/ports.ts";
import { recommendFor } from "../recommend/recommend.ts";
import type { RecommendationPage, RecommendRequest } from "../recommend/types.ts";
import { countPast, findHistoryOf } from "./interactions.ts";
import { type Moment, readMoment } from "./moment.ts";

interface Parts {
  readonly db: Database;
  readonly snapshot: LiveSnapshot;
  readonly models: Models;
  readonly past: Past;
}

/**
 * Makes an answer again from what it was made from: the graph in memory is taken back to its revision and time on a
 * copy, the history and the co-interactions are read as they were visible then, and its model ranks. The same order,
 * scores and evidence, to the last bit.
 */
export async function replay(parts: Parts, text: string, request: RecommendRequest): Promise<Replayed> {
  const moment = readMoment(text);
  const model = await pinModel(parts, moment);
  const graph = await rewindSnapshot(parts.db, parts.snapshot.fork(), moment.revision);
  graph.moveTo(moment.at);
  const counts = await countPast(parts.db, moment);
  const ports = makePorts(parts, moment, { graph, model, counts });
  const page = await recommendFor(ports, { ...request, minRevision: null });
  return { page: { ...page, moment: text }, ...(await loadNamed(parts.past, page, moment.revision)) };
}

async function pinModel({ models, snapshot }: Parts, { model: id, vectors }: Moment): Promise<PinnedModel> {
  const model = await models.pinStored(id);
  if (!model)
    throw new DomainError("NOT_FOUND", `model ${id}, which made the answer, is not stored any more`);
  if (vectors === snapshot.vectors) return model;
  throw new DomainError(
    "CONFLICT",
    "vectors of entities were written since the answer was made; expected those that it was made from",
  );
}

function makePorts(
  { db, past }: Parts,
  moment: Moment,
  {
    graph,
    model,
    counts,
  }: { readonly graph: Graph; readonly model: PinnedModel; readonly counts: LiveCounts },
): RecommendPorts {
  const ranker = model.on(graph, counts);
  const { revision } = moment;
  return {
    ranker: () => ranker,
    knowledge: {
      graph: () => graph,
      waitFor: async () => undefined,
      findHistory: async (user) => ({ items: await findHistoryOf(db, user, moment), seen: null }),
      async findEntitiesByKeys(keys) {
        const found = await Promise.all(
          [...new Set(keys)].map(async (key) => [key, await past.findEntity({ key }, revision)] as const),
        );
        return new Map(found.flatMap(([key, entity]) => (entity ? [[key, entity]] : [])));
      },
      findTriples: (ids) => past.loadTriples(ids, revision),
      countInteractions: async () => [],
    },
  };
}

/** What the answer names, as it was: it may be called something else by now, or be gone. */
async function loadNamed(
  past: Past,
  { edges }: RecommendationPage,
  revision: Revision,
): Promise<Omit<Replayed, "page">> {
  const steps = edges.flatMap(({ node }) =>
    node.explanation.evidence.flatMap((evidence) => evidence.steps()),
  );
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
