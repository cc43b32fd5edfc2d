import { comparable } from "../queries/values.ts";
import type { Direction, Past, Queryable, RelationId, Revision, Triple, TripleFilter } from "../types.ts";
import { findImages } from "./findImages.ts";
import { findPastEntity } from "./findPastEntity.ts";
import { findPastTriples } from "./findPastTriples.ts";
import { findRevision } from "./findRevision.ts";
import { readEntityImage, readRelationImage, readTripleImage } from "./readImage.ts";

// Indexes relation_key_key and change_row_deleted_key.
const RELATION_IDS = `
  select id::text from relation where key = any($1::text[])
  union select subject_id::text from change_row
         where subject = 'relation' and after is null and before->>'key' = any($1::text[])`;

const NOTHING = { edges: [], hasNextPage: false, hasPreviousPage: false } as const;

/** Creates the reads of the graph as it was, on a database or an open transaction. */
export function createPast(db: Queryable): Past {
  const findRelations = (keys: readonly string[], revision: Revision) => findByKeys(db, keys, revision);
  return {
    findRevision: (asOf) => findRevision(db, asOf),
    findEntity: (by, revision) => findPastEntity(db, by, revision),
    findRelation: async (key, revision) => (await findRelations([key], revision))[0] ?? null,
    async findTriples(filter, page, revision) {
      const ends = await Promise.all(
        [filter.head, filter.tail].map(async (key) =>
          key == null ? null : findPastEntity(db, { key }, revision),
        ),
      );
      const [head, tail] = ends.map((end) => end?.id ?? null);
      const [relation] = filter.relation == null ? [] : await findRelations([filter.relation], revision);
      const unknown = [
        filter.head != null && head === null,
        filter.tail != null && tail === null,
        filter.relation != null && !relation,
      ];
      if (unknown.includes(true)) return NOTHING;
      const matches = (triple: Triple) =>
        (head === null || triple.headId === head) &&
        (tail === null || triple.tailId === tail) &&
        (!relation || triple.relationId === relation.id) &&
        fits(triple, filter);
      return findPastTriples(db, { near: head ?? tail, revision, matches }, page);
    },
    async findTriplesOf(id, { direction, relations, ...page }, revision) {
      const known = relations == null ? null : await findRelations(relations, revision);
      const wanted = known && new Set(known.map((relation) => relation.id));
      const matches = (triple: Triple) =>
        leads(triple, id, direction) && (!wanted || wanted.has(triple.relationId));
      return findPastTriples(db, { near: id, revision, matches }, page);
    },
    loadEntities: (ids, revision) =>
      loadAll(ids, findImages(db, { subject: "entity", revision }, ids), (row) =>
        readEntityImage(row, revision),
      ),
    loadRelations: (ids, revision) =>
      loadAll<RelationId, ReturnType<typeof readRelationImage>>(
        ids,
        findImages(db, { subject: "relation", revision }, ids.map(String)),
        (row) => readRelationImage(row, revision),
      ),
    loadTriples: (ids, revision) =>
      loadAll(ids, findImages(db, { subject: "triple", revision }, ids), (row) =>
        readTripleImage(row, revision),
      ),
  };
}

type Image = Parameters<typeof readEntityImage>[0];

async function loadAll<Id extends string | number, T>(
  ids: readonly Id[],
  found: Promise<ReadonlyMap<string, Image>>,
  read: (row: Image) => T,
): Promise<Map<Id, T>> {
  const images = await found;
  return new Map(
    ids.flatMap((id) => {
      const image = images.get(String(id));
      return image ? [[id, read(image)] as const] : [];
    }),
  );
}

async function findByKeys(db: Queryable, keys: readonly string[], revision: Revision) {
  const rows = await db.query<{ id: string }>(RELATION_IDS, [keys.map(comparable)]);
  const ids = rows.map(({ id }) => id);
  const images = await findImages(db, { subject: "relation", revision }, ids);
  return [...images.values()].map((image) => readRelationImage(image, revision));
}

function fits(triple: Triple, { rank, minConfidence, source }: TripleFilter): boolean {
  return (
    (rank == null || triple.rank === rank) &&
    (minConfidence == null || Math.fround(triple.confidence) >= Math.fround(minConfidence)) &&
    (source == null || triple.sources.some(({ name }) => name === source))
  );
}

function leads({ headId, tailId }: Triple, id: string, direction: Direction): boolean {
  return (direction !== "IN" && headId === id) || (direction !== "OUT" && tailId === id);
}
