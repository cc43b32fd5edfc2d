import type { Rehearsed } from "../kg/curation/rehearseEdit.ts";
import type { Database } from "../kg/database.ts";
import { findSeen } from "../kg/interactions/findSeen.ts";
import { readFreshHistories } from "../kg/interactions/readFreshHistories.ts";
import { findHistory } from "../kg/queries/findHistory.ts";
import { findTriplesByIds } from "../kg/queries/findTriplesByIds.ts";
import { sampleUsers } from "../kg/queries/sampleUsers.ts";
import { applyAnyhow } from "../kg/snapshot/applyAnyhow.ts";
import { netChanges } from "../kg/snapshot/netChanges.ts";
import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import type { ChangeRow, Edges, EntityId, Graph, Queryable, Revision } from "../kg/types.ts";
import type { Models } from "../models/openModels.ts";
import { LiveCounts } from "../ranker/behaviour/LiveCounts.ts";
import type { Ranker } from "../ranker/createRanker.ts";
import type { HistoryItem } from "../ranker/types.ts";
import type { ImpactPorts } from "../recommend/measureImpact.ts";
import type { RecommendPorts } from "../recommend/ports.ts";

const WAIT_MS = 5_000;
const NEAREST = 2_000; // neighbours of what is edited among whose users the sample begins

/** What everyone chooses is the same before and after. */
const NOTHING_COUNTED = { pin: { seen: "1:1:", until: 0 }, items: [] } as const;

/** An edit as recommending needs it: everything of before and after, and whom to measure it on. */
export interface ObservedEdit {
  readonly ports: ImpactPorts;
  readonly users: readonly string[];
  /** One row per object: as it was, and as the edit leaves it. */
  readonly rows: readonly ChangeRow[];
  /** The revision that the edit would follow. */
  readonly revision: Revision;
}

/** Reads what is to be known of an edit before it is rolled back. */
export async function observeEdit(
  {
    db,
    snapshot,
    models,
  }: { readonly db: Database; readonly snapshot: LiveSnapshot; readonly models: Models },
  { rows, revision, tx }: Rehearsed,
  request: { readonly users?: readonly string[] | null; readonly sample: number; readonly seed: number },
): Promise<ObservedEdit> {
  const base = String(BigInt(revision) - 1n);
  await snapshot.waitFor(base, WAIT_MS);
  const pinned = models.pinModel();
  const live = movesInteractions(rows) ? await countAnew(tx, pinned.info.id) : undefined;
  const [graph, edited] = [snapshot.fork(), snapshot.fork()];
  const users =
    request.users ??
    (await sampleUsers(tx, listNear(graph, rows), { count: request.sample, seed: request.seed }));
  const after = await readHistories(tx, users);
  const ranker = pinned.on(graph);
  const changed = applyAnyhow(edited, rows, { revision, bind: (next) => pinned.on(next, live) });
  return {
    ports: {
      before: makePorts(db, { graph, bound: ranker }, (user) => historyOf(db, user)),
      after: makePorts(db, changed, async (user) => after.get(user) ?? []),
    },
    users,
    rows: sumUp(rows),
    revision: base,
  };
}

function sumUp(rows: readonly ChangeRow[]): ChangeRow[] {
  const net = netChanges(rows);
  return (["entity", "relation", "triple"] as const).flatMap((subject) =>
    [...net[subject]].map(([id, change]) => ({ ...change, subject, subjectId: String(id) })),
  );
}

/** A merge, and its revert, change which items a user's interactions lead to. */
function movesInteractions(rows: readonly ChangeRow[]): boolean {
  return rows.some(
    ({ subject, before, after }) =>
      subject === "entity" && (before?.merged_into ?? null) !== (after?.merged_into ?? null),
  );
}

async function countAnew(tx: Queryable, model: string): Promise<LiveCounts> {
  const counts = new LiveCounts();
  const seen = await findSeen(tx, model);
  if (seen === null) return counts;
  await readFreshHistories(tx, { since: seen, seen }, (histories, oldest) => {
    for (const history of histories) counts.record(history);
    return oldest > counts.floor;
  });
  return counts;
}

/** The entities that the edit touches, and those one triple away. */
function listNear(graph: Graph, rows: readonly ChangeRow[]): EntityId[] {
  const near = new Set<EntityId>();
  for (const { subject, subjectId, before, after } of rows) {
    if (subject === "entity") near.add(subjectId);
    const row = after ?? before;
    if (subject === "triple" && row) near.add(String(row.head_id)).add(String(row.tail_id));
  }
  for (const id of [...near]) {
    const index = graph.indexOf(id);
    if (index < 0) continue;
    for (const { neighbour, start, end } of [graph.out(index), graph.in(index)] as readonly Edges[]) {
      for (let at = start; at < end && near.size < NEAREST; at++) near.add(graph.idOf(neighbour[at]));
    }
  }
  return [...near];
}

async function readHistories(
  tx: Queryable,
  users: readonly string[],
): Promise<ReadonlyMap<string, readonly HistoryItem[]>> {
  const histories = new Map<string, readonly HistoryItem[]>();
  for (const user of users) histories.set(user, await historyOf(tx, user));
  return histories;
}

async function historyOf(db: Queryable, user: string): Promise<HistoryItem[]> {
  const rows = await findHistory(db, user);
  return rows.map(({ itemId, ...rest }) => ({ item: itemId, ...rest }));
}

function makePorts(
  db: Database,
  { graph, bound }: { readonly graph: Graph; readonly bound: Ranker },
  itemsOf: (user: string) => Promise<readonly HistoryItem[]>,
): RecommendPorts {
  return {
    knowledge: {
      graph: () => graph,
      waitFor: async () => undefined,
      findHistory: async (user) => ({ items: await itemsOf(user), wishes: [], seen: null }),
      findEntitiesByKeys: async () => new Map(),
      findTriples: (ids) => findTriplesByIds(db, ids),
      findAttributes: async () => new Map(),
      countInteractions: async () => NOTHING_COUNTED,
      countTrending: async () => NOTHING_COUNTED,
      findLikelyUsers: async () => [],
      findScenario: async () => null,
      findTrends: async () => NOTHING_COUNTED,
    },
    ranker: () => bound,
  };
}
