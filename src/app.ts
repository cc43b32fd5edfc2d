import type { GraphQLSchema } from "graphql";
import type { Context, ImpactRequest, Viewer } from "./context.ts";
import { DomainError } from "./errors.ts";
import { previewImpact } from "./impact/previewImpact.ts";
import { fitIfNone } from "./jobs/fitIfNone.ts";
import { openJobs } from "./jobs/openJobs.ts";
import type { Activate } from "./jobs/runTraining.ts";
import { type Attributes, openAttributes } from "./kg/attributes/openAttributes.ts";
import type { Ending } from "./kg/cancel.ts";
import { createCuration } from "./kg/curation/index.ts";
import { createProposals } from "./kg/curation/proposals/createProposals.ts";
import { settleProposals } from "./kg/curation/proposals/settleProposals.ts";
import { settleEdits } from "./kg/curation/settleEdits.ts";
import type { Database } from "./kg/database.ts";
import { createFeedback } from "./kg/feedback/createFeedback.ts";
import { type Histories, openHistories } from "./kg/interactions/openHistories.ts";
import { packRecommendationId } from "./kg/interactions/recommendationId.ts";
import { createKnowledge } from "./kg/knowledge.ts";
import { createPast } from "./kg/past/createPast.ts";
import { countInteractions } from "./kg/queries/countInteractions.ts";
import { countTrending } from "./kg/queries/countTrending.ts";
import { findEntitiesByKeys } from "./kg/queries/findEntitiesByKeys.ts";
import { findLikelyUsers } from "./kg/queries/findLikelyUsers.ts";
import { findTriplesByIds } from "./kg/queries/findTriplesByIds.ts";
import { createAtHand } from "./kg/reads/createAtHand.ts";
import { createReads } from "./kg/reads/createReads.ts";
import { joinReads } from "./kg/reads/joinReads.ts";
import { memoryReads } from "./kg/reads/memoryReads.ts";
import { createScenarios } from "./kg/scenarios/createScenarios.ts";
import { findPaths } from "./kg/snapshot/findPaths.ts";
import { type LiveSnapshot, openLiveSnapshot } from "./kg/snapshot/openLiveSnapshot.ts";
import type { JSONObject, Revision, Scenarios } from "./kg/types.ts";
import { makeLetGo } from "./letGo.ts";
import { openLinks } from "./links/openLinks.ts";
import { openLive } from "./live/openLive.ts";
import { makeContexts } from "./makeContexts.ts";
import type { Memory } from "./memory.ts";
import { type Models, openModels } from "./models/openModels.ts";
import { openTrends } from "./openTrends.ts";
import { type Backend, type BackendChoice, describeBackend, openBackend } from "./ranker/backend.ts";
import { type ChatOptions, openChat } from "./reader/openChat.ts";
import { openDuplicates } from "./reader/openDuplicates.ts";
import { openGazetteer } from "./reader/openGazetteer.ts";
import { openTexts } from "./reader/openTexts.ts";
import { openReconciler } from "./reader/reconcile/openReconciler.ts";
import type { Reconciler } from "./reader/reconcile/types.ts";
import { createRecommender } from "./recommend/createRecommender.ts";
import type { GraphPort, RecommendPorts } from "./recommend/ports.ts";
import type { Recommender } from "./recommend/types.ts";
import { type Remembered, rememberLists } from "./rememberLists.ts";
import { makeMark } from "./replay/makeMark.ts";
import { makeTests } from "./replay/makeTests.ts";
import { findScenario, openReplay } from "./replay/replay.ts";
import { buildSchema } from "./schema/buildSchema.ts";

const WAIT_MS = 5_000; // minRevision gives up after that
const MOST_IN_MEMORY = 1_000_000;
const SETTLE_MS = 1_000; // an edit answers after that, whether the snapshot holds it or not

/** The gateway without its HTTP server: the parts, put together. */
export interface App {
  readonly schema: GraphQLSchema;
  readonly snapshot: LiveSnapshot;
  readonly recommender: Recommender;
  /** Finds what other people's tables mean. */
  readonly reconciler: Reconciler;
  /** Makes what resolvers get for one request, whose statements end with it where it has an ending. */
  createContext(viewer: Viewer, drop?: Context["drop"], ending?: Ending): Context;
  /**
   * The compute backend, opened when it is first asked for.
   * @throws {DomainError} CONFIGURATION where the chosen one cannot be had
   */
  backend(): Promise<Backend>;
  /** The revision of the graph that is read from memory; null where that may not be the newest. */
  memoryRevision(): Revision | null;
  /** How often the caches held what was asked for. */
  readonly caches: { readonly lists: Remembered["counts"]; readonly histories: Histories["counts"] };
  /** Fits a model where there is none; `settings` are not searched over. */
  fitIfNone(progress: (fraction: number, what?: string) => void, settings?: JSONObject): Promise<void>;
  close(): Promise<void>;
}

/** What an app may be given. */
export interface AppOptions {
  /** Reads texts, where there is one. */
  readonly model?: ChatOptions | null;
  /** What is read from memory. */
  readonly memory?: Partial<Memory>;
  /** Is told of each revision that is committed here; an edit returns once it resolves. */
  readonly onCommitted?: (revision: Revision) => Promise<void>;
}

/** Puts the gateway together on a database: the composition root. */
export async function createApp(
  db: Database,
  choice: BackendChoice = "auto",
  {
    model = null,
    memory: { reads: wanted = "joined", mostEntities = MOST_IN_MEMORY, lists = 200 } = {},
    onCommitted,
  }: AppOptions = {},
): Promise<App> {
  const dictionary = wanted === "memory" ? mostEntities : 0;
  const [schema, snapshot] = await Promise.all([buildSchema(), openLiveSnapshot(db, { dictionary })]);
  const models = await openModels(db, snapshot);
  const jobs = await openJobs(db, makeActivate(models));
  const fromPostgres = wanted === "plain" ? createReads(db) : joinReads(createReads(db));
  const reads = wanted === "memory" ? memoryReads(fromPostgres, () => snapshot.fresh) : fromPostgres;
  const knowledge = createKnowledge(db, reads);
  const past = createPast(db);
  const settle = async (revision: Revision) => {
    snapshot.expect(revision);
    const known = onCommitted?.(revision);
    await snapshot.waitFor(revision, SETTLE_MS).finally(() => known);
  };
  const histories = await openHistories(db);
  const curation = histories.follow(settleEdits(createCuration(db), settle));
  const proposals = settleProposals(createProposals(db), settle);
  let opened: Promise<Backend> | null = null;
  const backend = () => {
    opened ??= openBackend(choice);
    return opened;
  };
  const attributes = openAttributes(db);
  const scenarios = createScenarios(db);
  const mark = makeMark({ snapshot, models });
  const replay = openReplay({ db, snapshot, models, past, attributes, scenarios });
  const knowledgePort = makeGraphPort(db, { snapshot, attributes, histories, scenarios });
  const { remember, counts: listCounts } = rememberLists(lists);
  const makeTest = makeTests({ snapshot, mark, histories });
  const letGo = makeLetGo();
  const ports = { knowledge: knowledgePort, mark, replay: turnBack(replay), remember, makeTest, letGo };
  const recommender = createRecommender({ ...ports, ranker: () => models.ranker() });
  // What is pushed follows a notice that the kept histories may not have heard yet.
  const findHistory: GraphPort["findHistory"] = async (user) => histories.find(user, { fresh: true });
  const fresh = { ...ports, knowledge: { ...knowledgePort, findHistory }, ranker: () => models.ranker() };
  const live = openLive({ db, snapshot, models, jobs, recommender: createRecommender(fresh) });
  const links = openLinks(db, snapshot);
  const readNames = openGazetteer(db, snapshot);
  const shared = {
    atHand: wanted === "memory" ? createAtHand(() => snapshot.fresh) : undefined,
    ...{ knowledge, past, curation, proposals, models, jobs, links },
    texts: openTexts({ snapshot, readNames, links, chat: model && openChat(model) }),
    duplicates: openDuplicates({ db, snapshot, readNames }),
    findPaths: makeFindPaths(snapshot),
    ...{
      replay,
      scenarios,
      nameAnswer: packRecommendationId,
      feedback: histories.followFeedback(createFeedback(db)),
    },
    previewImpact: (request: ImpactRequest) => previewImpact({ db, snapshot, models }, request),
    backend: async () => describeBackend(await backend()),
    graphRevision: () => snapshot.graph.revision,
    live: live.streams,
  };
  return {
    ...{ schema, snapshot, backend },
    memoryRevision: () => (snapshot.fresh?.dictionary ? snapshot.fresh.revision : null),
    caches: { lists: listCounts, histories: histories.counts },
    recommender,
    reconciler: openReconciler({ db, snapshot, readNames }),
    createContext: makeContexts({ db, reads, models, ports, shared }),
    fitIfNone: (progress, settings) => fitIfNone({ jobs, fitted: models.fitted, settings }, progress),
    async close() {
      await live.close();
      await histories.close();
      await jobs.close();
      await models.close();
      await snapshot.close();
    },
  };
}

/** Activates what a job has fitted. */
function makeActivate(models: Models): Activate {
  return async (id, actor) => {
    const { problems } = await models.activate({ id }, { actor });
    if (problems.length > 0) throw new DomainError("CONFIGURATION", problems[0].message);
  };
}

/** A page of the past with what it names, as it was then. */
function turnBack(replay: Context["replay"]): NonNullable<RecommendPorts["replay"]> {
  return async (moment, request) => {
    const { page, ...named } = await replay(moment, request);
    return Object.assign(page, { named });
  };
}

function makeGraphPort(
  db: Database,
  {
    snapshot,
    attributes,
    histories,
    scenarios,
  }: {
    readonly snapshot: LiveSnapshot;
    readonly attributes: Attributes;
    readonly histories: Histories;
    readonly scenarios: Scenarios;
  },
): GraphPort {
  return {
    graph: () => snapshot.graph,
    waitFor: (revision) => snapshot.waitFor(revision, WAIT_MS),
    findHistory: async (user, options) => histories.find(user, options),
    findEntitiesByKeys: (keys) => findEntitiesByKeys(db, keys),
    findTriples: (ids) => findTriplesByIds(db, ids),
    findAttributes: (names) => attributes.find(names, snapshot.graph.revision),
    countInteractions: (question) => countInteractions(db, question),
    countTrending: (question) => countTrending(db, question),
    findTrends: openTrends(db),
    findLikelyUsers: (question) => findLikelyUsers(db, question),
    findScenario: (key) => findScenario(scenarios, key, null),
  };
}

function makeFindPaths(snapshot: LiveSnapshot): Context["findPaths"] {
  return (from, to, options) => {
    const { graph } = snapshot;
    const [start, end] = [graph.indexOf(from), graph.indexOf(to)];
    return start < 0 || end < 0 ? [] : findPaths(graph, start, end, options);
  };
}
