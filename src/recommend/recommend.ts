import { DomainError } from "../errors.ts";
import type { Revision } from "../kg/types.ts";
import type { ScoredItem } from "../ranker/types.ts";
import { assertRequest } from "./checkRequest.ts";
import { TOP } from "./counterfactual.ts";
import { digest, type PageCursor, readPageCursor } from "./cursor.ts";
import { LIST_EVIDENCE, makeExplanation } from "./explanation.ts";
import { INTEREST, SESSION, type Seeds } from "./history.ts";
import { makeList, type PlacedItem, type RecommendationList } from "./makeList.ts";
import { hiddenIn, Pin, PinnedEdge, takePage } from "./pin.ts";
import type { RankedItem, RecommendPorts } from "./ports.ts";
import { type Material, readMaterial } from "./readMaterial.ts";
import { joinScenario } from "./scenario.ts";
import { timed } from "./timed.ts";
import type { Recommendation, RecommendationPage, RecommendationSource, RecommendRequest } from "./types.ts";

const WEEK = 7 * 86_400;

/**
 * Recommends items for a user, for interests, for a session, or for all of them, each with its evidence. What is read
 * from Postgres is in `readMaterial`; the rest is one synchronous pass over the snapshot. A page behind a cursor
 * belongs to the list that the cursor came from, whatever has changed since.
 * @throws {DomainError} BAD_USER_INPUT; UNAVAILABLE where `minRevision` does not come in time; CONFLICT where the list of
 * a cursor cannot be made again
 */
export async function recommendFor(
  ports: RecommendPorts,
  request: RecommendRequest,
): Promise<RecommendationPage> {
  assertRequest(request);
  const asked = digestRequest(request);
  const after = request.after == null ? null : readPageCursor(request.after, asked);
  if (request.minRevision != null) await ports.knowledge.waitFor(request.minRevision as Revision);
  const joined = await joinScenario(ports, request);
  const { list, material } = await makeWholeList(ports, await readMaterial(ports, joined), asked);
  // In the tick in which the list was made.
  const pin = makePin(ports, { list, material, asked });
  if (after !== null && after.state !== pin.state) return turnBack(ports, { request, joined, after, list });
  const { scenarioVersion: version } = joined;
  const makeTest = testOf(ports, { list, material });
  const page = makePage(ports, { list, pin, request, start: after?.rank ?? 0, makeTest });
  return version === null ? page : { ...page, scenario: { key: request.scenario ?? "", version } };
}

/**
 * Makes the list; where nothing personal is known it is made again with the trends at hand. With `asked`, the digest of
 * the request, a list that was made of the very same is given again.
 */
export async function makeWholeList(
  ports: RecommendPorts,
  material: Material,
  asked: string | null = null,
): Promise<{ readonly list: RecommendationList; readonly material: Material }> {
  const others = ports.letGo?.();
  if (others) await others;
  const list = recallList(ports, material, asked);
  if (!list.wantsTrends) return { list, material };
  const trends = await ports.knowledge.findTrends(material.request.trendingSeconds ?? WEEK);
  const more = { ...material, trends };
  return { list: recallList(ports, more, asked), material: more };
}

/** The list that was made of the same request, history, graph, model and counts; or else makes it. */
function recallList(ports: RecommendPorts, material: Material, asked: string | null): RecommendationList {
  const { history, trends } = material;
  const make = () => timed(ports, "ranking", () => makeList(ports, material));
  const { revision } = ports.knowledge.graph();
  const { info, vectors } = ports.ranker();
  const stamp = ports.mark?.({
    graph: ports.knowledge.graph(),
    ...{ model: info, vectors, history },
    trends: trends?.pin ?? null,
    scenario: material.request.scenarioVersion,
  })?.stamp;
  if (!ports.remember || asked === null || stamp === undefined) return make();
  const of = [asked, material.request.scenarioVersion, revision, info.id, stamp, trends?.pin.until];
  const key = of.join(" ");
  return ports.remember(history, key, make);
}

/** What trends or stored scenarios had to say is not looked up again; nor what had to hold more than is known here. */
function testOf(
  { makeTest }: RecommendPorts,
  { list, material }: { readonly list: RecommendationList; readonly material: Material },
): RecommendationPage["makeTest"] {
  const { history, trends, request } = material;
  if (!makeTest || trends !== null || request.scenarioVersion !== null || request.minRevision != null) {
    return null;
  }
  const { graph, ranker } = list;
  const { info: model, vectors } = ranker;
  const made = { graph, model, vectors, history, trends: null, scenario: null };
  return () => makeTest(made, request.user ?? null);
}

function makePin(
  ports: RecommendPorts,
  {
    list: { graph, ranker },
    material: { history, trends, request },
    asked,
  }: { readonly list: RecommendationList; readonly material: Material; readonly asked: string },
): Pin {
  const mark =
    ports.mark?.({
      ...{ graph, model: ranker.info, vectors: ranker.vectors, history },
      ...{ trends: trends?.pin ?? null, scenario: request.scenarioVersion },
    }) ?? null;
  const { revision } = graph;
  const trendsUntil = trends?.pin.until ?? null;
  return new Pin({
    ...{ request: asked, model: ranker.info.id, revision, history, mark, trendsUntil },
    scenario: request.scenarioVersion,
  });
}

/** Makes a page of the list that a cursor came from, without what the user has seen or refused since. */
async function turnBack(
  ports: RecommendPorts,
  {
    request,
    joined,
    after,
    list: { graph, seeds, excluded },
  }: {
    readonly request: RecommendRequest;
    readonly joined: RecommendRequest;
    readonly after: PageCursor;
    readonly list: RecommendationList;
  },
): Promise<RecommendationPage> {
  if (after.pin === null || !ports.replay) {
    throw new DomainError(
      "CONFLICT",
      "the graph, the model or the history has changed since the page of the cursor, and its list cannot be made again; expected a request for the first page",
    );
  }
  const gone = [...excluded, ...(joined.includeInteracted === true ? [] : seeds.interacted)];
  const hide = new Set(gone.filter((item) => item >= 0).map((item) => graph.idOf(item)));
  return ports.replay(after.pin, { ...request, hide });
}

function makePage(
  ports: RecommendPorts,
  {
    list,
    pin,
    request,
    start,
    makeTest,
  }: {
    readonly list: RecommendationList;
    readonly pin: Pin;
    readonly request: RecommendRequest;
    readonly start: number;
    readonly makeTest: RecommendationPage["makeTest"];
  },
): RecommendationPage {
  const { graph, placed, ranker } = list;
  const isHidden = hiddenIn(request.hide, (item) => graph.idOf(item));
  const { page, more } = takePage(placed, { start, first: request.first }, isHidden);
  const tell = () => page.map(([rank, one]) => new PinnedEdge(pin, recommendOne(ports, list, { one, rank })));
  return {
    edges: timed(ports, "evidence", tell),
    hasNextPage: more,
    hasPreviousPage: start > 0,
    model: ranker.info,
    graphRevision: graph.revision,
    makeTest,
    get moment() {
      return pin.moment;
    },
  };
}

function recommendOne(
  ports: RecommendPorts,
  list: RecommendationList,
  { one, rank }: { readonly one: PlacedItem; readonly rank: number },
): Recommendation {
  const told = list.told.get(one.item);
  if (told) return told;
  const scored = list.score(one.item, LIST_EVIDENCE);
  const source = one.fallback ?? sourceOf(scored, list.seeds);
  const explanation = makeExplanation(ports, scored, {
    rank,
    source,
    threshold: thresholdOf(list.placed, rank),
    history: list.seeds.byId,
    graph: list.graph,
    model: list.ranker.info,
  });
  const confidence = list.confidence(one);
  const recommendation = { item: scored.item, rank, score: scored.score, source, confidence, explanation };
  list.told.set(one.item, recommendation);
  return recommendation;
}

/** Score under which an item of rank `rank` leaves the top ten; null where it is not in it, or nothing follows. */
export function thresholdOf(ranked: readonly RankedItem[], rank: number | null): number | null {
  return rank !== null && rank <= TOP && ranked.length > TOP ? ranked[TOP].score : null;
}

/** Where the strongest evidence begins: at the user's history, or at what the request names. */
export function sourceOf(
  { evidence }: Pick<ScoredItem, "evidence">,
  { byId, named }: Seeds,
): RecommendationSource {
  const strongest = evidence.find(({ contribution }) => contribution > 0) ?? evidence[0];
  if (!strongest) return "POPULAR";
  if (!named) return "PERSONAL";
  const kind = byId.get(strongest.steps[0].from)?.kind;
  return kind === INTEREST || kind === SESSION ? "SIMILAR" : "PERSONAL";
}

/** What makes two requests ask for the same list. */
function digestRequest({
  first: _,
  after: __,
  minRevision: ___,
  hide: ____,
  ...asked
}: RecommendRequest): string {
  return digest({
    ...asked,
    includeInteracted: asked.includeInteracted === true,
    diversity: asked.diversity ?? 0,
  });
}
