import { DomainError } from "../errors.ts";
import type { EntityId, Graph } from "../kg/types.ts";
import { assertFirst, assertWindow } from "./checkRequest.ts";
import { digest, packPageCursor, readPageCursor } from "./cursor.ts";
import { makeExplanation } from "./explanation.ts";
import { makeFilter } from "./filter.ts";
import { listFilterNames } from "./filterNames.ts";
import { PinnedEdge } from "./pin.ts";
import { scoreCount, scorePopularity } from "./popularity.ts";
import type { CountPin, RankerPort, RecommendPorts } from "./ports.ts";
import type { PopularRequest, RecommendationPage, RecommendationSource } from "./types.ts";

const LONGEST = 10_000; // items that a popularity list may hold

interface Counts {
  /** Null where the model counted. */
  readonly pin: CountPin | null;
  readonly items: readonly { readonly itemId: EntityId; readonly count: number; readonly lift?: number }[];
}

/**
 * Lists the most popular items: as the model counted them, or counted in Postgres where a window is asked for
 * or the model has seen no interactions. A cursor pins what was counted.
 */
export function recommendPopular(
  ports: RecommendPorts,
  request: PopularRequest,
): Promise<RecommendationPage> {
  const { windowSeconds: sinceSeconds = null } = request;
  if (sinceSeconds !== null) assertWindow(sinceSeconds);
  const counts = async (pin: CountPin | null): Promise<Counts> =>
    pin !== null || sinceSeconds !== null || ports.ranker().popular.length === 0
      ? ports.knowledge.countInteractions({ sinceSeconds, limit: LONGEST, pin })
      : { pin: null, items: countByModel(ports.ranker(), ports.knowledge.graph()) };
  return listCounted(ports, { request, kind: "POPULAR", counts });
}

/** Lists what is chosen more in the window than in the one before it, the most telling first. */
export function recommendTrending(
  ports: RecommendPorts,
  request: PopularRequest & { readonly windowSeconds: number },
): Promise<RecommendationPage> {
  const { windowSeconds: seconds } = request;
  assertWindow(seconds);
  const counts = (pin: CountPin | null) => ports.knowledge.countTrending({ seconds, limit: LONGEST, pin });
  return listCounted(ports, { request, kind: "TRENDING", counts });
}

function countByModel(ranker: RankerPort, graph: Graph): Counts["items"] {
  return Array.from(ranker.popular, (item) => ({
    itemId: graph.idOf(item),
    count: ranker.interactionsOf(item),
  }));
}

async function listCounted(
  ports: RecommendPorts,
  {
    request,
    kind,
    counts,
  }: {
    readonly request: PopularRequest;
    readonly kind: Extract<RecommendationSource, "POPULAR" | "TRENDING">;
    readonly counts: (pin: CountPin | null) => Promise<Counts>;
  },
): Promise<RecommendationPage> {
  const { first, filter, windowSeconds } = request;
  assertFirst(first);
  const asked = digest([kind, filter, windowSeconds]);
  const after = request.after == null ? null : readPageCursor(request.after, asked);
  const end = after && readEnd(after.pin);
  const names = listFilterNames([filter]);
  const [entities, columns, counted] = await Promise.all([
    ports.knowledge.findEntitiesByKeys(names.keys),
    names.attributes.length === 0 ? new Map() : ports.knowledge.findAttributes(names.attributes),
    counts(end?.pin ?? null),
  ]);
  const [graph, ranker] = [ports.knowledge.graph(), ports.ranker()];
  const state = counted.pin === null ? ranker.info.id : "";
  if (after && after.state !== state) {
    const message = `the list of the cursor was counted by another model than ${ranker.info.id}, which serves now`;
    throw new DomainError("CONFLICT", `${message}; expected a request for the first page`);
  }
  const passes = makeFilter(graph, filter, { entities, attributes: columns });
  const [weight, most] = [ranker.popularityWeight || 1, counted.items[0]?.count ?? 0];
  const start = end === null ? 0 : counted.items.findIndex((one) => isBehind(one, end));
  const page: Counts["items"][number][] = [];
  let more = false;
  for (let place = start; place >= 0 && place < counted.items.length && !more; place++) {
    const item = graph.indexOf(counted.items[place].itemId);
    if (item < 0 || !graph.isItem(item) || !passes(item)) continue;
    if (page.length === first) more = true;
    else page.push(counted.items[place]);
  }
  const before = after?.rank ?? 0;
  const edges = page.map(({ itemId, count, lift }, at) => {
    const scored =
      lift === undefined
        ? scorePopularity(itemId, { count, most, weight })
        : scoreCount(itemId, { count, value: lift, weight: 1 });
    const rank = before + at + 1;
    const around = { rank, source: kind, threshold: null, history: new Map<EntityId, never>(), graph };
    const explanation = makeExplanation(ports, scored, { ...around, model: ranker.info });
    const pin = JSON.stringify([counted.pin, lift ?? count, itemId]);
    return new PinnedEdge(
      { cursorAt: () => packPageCursor({ rank, request: asked, state, pin }) },
      { item: itemId, rank, score: scored.score, source: kind, confidence: 0, explanation },
    );
  });
  return {
    edges,
    hasNextPage: more,
    hasPreviousPage: before > 0,
    model: ranker.info,
    graphRevision: graph.revision,
  };
}

/** Where a page ended: lists fall in value, and rise in id where values are equal. */
interface End {
  readonly pin: CountPin | null;
  readonly value: number;
  readonly itemId: EntityId;
}

function isBehind({ itemId, count, lift }: Counts["items"][number], end: End): boolean {
  const value = lift ?? count;
  return value < end.value || (value === end.value && BigInt(itemId) > BigInt(end.itemId));
}

function readEnd(text: string | null): End {
  try {
    const [pin, value, itemId] = JSON.parse(text ?? "");
    const sound = pin === null || (/^\d{1,20}:\d{1,20}:[\d,]*$/.test(pin.seen) && Number.isFinite(pin.until));
    if (sound && Number.isFinite(value) && /^\d{1,18}$/.test(itemId)) return { pin, value, itemId };
  } catch {
    // falls through to the one message for whatever is wrong with it
  }
  throw new DomainError("BAD_USER_INPUT", "after is malformed; expected the cursor of an edge of this list");
}
