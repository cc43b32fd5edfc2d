import type { Context } from "../context.ts";
import { findDistinctPairs, pairName } from "../kg/curation/duplicates/findDistinctPairs.ts";
import { refuseDuplicate } from "../kg/curation/duplicates/refuseDuplicate.ts";
import type { Database } from "../kg/database.ts";
import { packCursor, readCursor } from "../kg/queries/cursor.ts";
import { findAttributes } from "../kg/queries/findAttributes.ts";
import type { LiveSnapshot } from "../kg/snapshot/openLiveSnapshot.ts";
import type { Page, PageArguments, Revision } from "../kg/types.ts";
import { scorePair } from "../text/duplicates/scorePair.ts";
import { similarNames } from "../text/duplicates/similarNames.ts";
import type { DuplicatePair, NamedEntity } from "../text/types.ts";
import type { ReadNames } from "./openGazetteer.ts";

const LEAST_SIMILAR = 0.5;
const LEAST_SCORE = 0.1; // what is less likely is kept nowhere
const LONG_MS = 1_000;
const KEPT = 10; // times as long as it took
const ORDER = "duplicates.SCORE_DESC";

interface Parts {
  readonly db: Database;
  readonly snapshot: Pick<LiveSnapshot, "graph">;
  readonly readNames: ReadNames;
}

interface Held {
  readonly revision: Revision;
  readonly pairs: readonly DuplicatePair[];
  /** By the clock of `performance`: until then it also stands for a newer graph. */
  readonly until: number;
}

/**
 * Opens the search for duplicates. All pairs are scored when they are first asked for after a change of the graph,
 * and kept until the next one; on a graph where that takes over a second, ten times as long as it took. What was
 * refused, deleted or merged since is left out of each page anew.
 */
export function openDuplicates(parts: Parts): Context["duplicates"] {
  let held: Held | null = null;
  let scoring: Promise<Held> | null = null;
  const score = async (): Promise<Held> => {
    const { revision } = parts.snapshot.graph;
    const start = performance.now();
    const pairs = await scoreAll(parts);
    const took = performance.now() - start;
    return { revision, pairs, until: took > LONG_MS ? performance.now() + KEPT * took : 0 };
  };
  const pairsNow = async () => {
    if (held?.revision === parts.snapshot.graph.revision || performance.now() < (held?.until ?? 0)) {
      return (held as Held).pairs;
    }
    scoring ??= score().finally(() => {
      scoring = null;
    });
    held = await scoring;
    return held.pairs;
  };
  return {
    async find(minScore, page) {
      const [refused, names] = await Promise.all([findDistinctPairs(parts.db), parts.readNames()]);
      const isThere = ({ id }: NamedEntity) => names.entity(id) !== undefined;
      const pairs = (await pairsNow()).filter(
        ({ entity, other, score }) =>
          score >= minScore &&
          !refused.has(pairName(entity.id, other.id)) &&
          isThere(entity) &&
          isThere(other),
      );
      return pageOf(pairs, page);
    },
    refuse: (pair, options) => refuseDuplicate(parts.db, pair, options),
  };
}

async function scoreAll({ db, snapshot, readNames }: Parts): Promise<DuplicatePair[]> {
  const entities = [...(await readNames()).entities()];
  const { graph } = snapshot;
  const alike = (await similarNames(entities, LEAST_SIMILAR)).filter(
    ({ a, b, similarity }) => entities[a].type === entities[b].type || similarity === 1,
  );
  const ids = new Set(alike.flatMap(({ a, b }) => [entities[a].id, entities[b].id]));
  const attributes = await findAttributes(db, [...ids]);
  const pairs = alike.map(({ a, b, similarity }): DuplicatePair => {
    const [entity, other] = inOrder(entities[a], entities[b]);
    const both = [attributes.get(entity.id) ?? {}, attributes.get(other.id) ?? {}] as const;
    return { entity, other, ...scorePair({ a: entity, b: other, similarity, attributes: both }, graph) };
  });
  return pairs.filter(({ score }) => score >= LEAST_SCORE).sort(byScore);
}

function inOrder(a: NamedEntity, b: NamedEntity): readonly [NamedEntity, NamedEntity] {
  return Number(a.id) < Number(b.id) ? [a, b] : [b, a];
}

function byScore(a: DuplicatePair, b: DuplicatePair): number {
  return (
    b.score - a.score || Number(a.entity.id) - Number(b.entity.id) || Number(a.other.id) - Number(b.other.id)
  );
}

function pageOf(pairs: readonly DuplicatePair[], { first, after }: PageArguments): Page<DuplicatePair> {
  const size = first ?? 20;
  const rest = after == null ? pairs : pairs.filter((pair) => isBehind(pair, after));
  const edges = rest.slice(0, size).map((node) => ({ node, cursor: cursorOf(node) }));
  return { edges, hasNextPage: rest.length > size, hasPreviousPage: after != null };
}

function cursorOf({ score, entity, other }: DuplicatePair): string {
  return packCursor(ORDER, [String(score), entity.id, other.id]);
}

function isBehind(pair: DuplicatePair, cursor: string): boolean {
  const [score, entity, other] = readCursor(cursor, ORDER, ["real", "bigint", "bigint"]).map(Number);
  if (pair.score !== score) return pair.score < score;
  const [id, otherId] = [Number(pair.entity.id), Number(pair.other.id)];
  return id > entity || (id === entity && otherId > other);
}
